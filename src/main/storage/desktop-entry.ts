/** What makes a program known to a Linux desktop: a text file (Desktop Entry Specification). */
import path from 'node:path';

/** One argument of an `Exec` line ("The Exec key"): quoted, and no sign in it means anything. */
function execArgument(text: string): string {
  const quoted = text.replaceAll(/["`$\\]/g, (sign) => `\\${sign}`);
  // The line is read twice: as a string value, where a backslash is written double, and as a command.
  return `"${quoted.replaceAll('\\', '\\\\').replaceAll('%', '%%')}"`;
}

export interface EntryOptions {
  /** A field code that the desktop replaces (`%u`: the link to open). */
  field?: '%u';
  /** Further lines, as they stand in the file. */
  keys: readonly string[];
}

/** The entry's text; undefined for a program whose name cannot stand in one. */
export function desktopEntry(program: string, { field, keys }: EntryOptions): string | undefined {
  if (!path.posix.isAbsolute(program) || /\p{Cc}/u.test(program)) return undefined;
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Handover Desk',
    `Exec=${execArgument(program)}${field === undefined ? '' : ` ${field}`}`,
    'Terminal=false',
    ...keys,
    '',
  ].join('\n');
}
