/**
 * A desk of an older (or newer) version, as a process of its own: a file is only let go of when its process ends.
 * `<file> <key> leave <version> <sql>`: brings the schema up to a version and runs SQL on it.
 * `<file> <key> kill <version>`: dies in the middle of that migration, before its commit.
 * `<file> <key> version`: prints the schema's number.
 */
import { MIGRATIONS, migrate } from '../../../src/main/journal/migrations';
import { Sqlite } from '../../../src/main/journal/sqlite';

const [path = '', key = '', what = '', version = '0', sql = ''] = process.argv.slice(2);
const database = new Sqlite({ path, key });

switch (what) {
  case 'leave':
    migrate(database, Number(version));
    database.exec(sql);
    break;
  case 'kill':
    migrate(database, Number(version) - 1);
    database.exec('BEGIN IMMEDIATE');
    database.exec(MIGRATIONS[Number(version) - 1] ?? '');
    process.kill(process.pid, 'SIGKILL');
    break;
  default:
    process.stdout.write(String(database.get('PRAGMA user_version')?.user_version));
}
