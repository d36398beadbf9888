/** The database's address: a `postgres://` URL that may name several hosts, as libpq takes it. */

export interface DatabaseAddress {
  /** One URL per host, in the order given; `pg` takes one host only. */
  urls: readonly string[];
}

const SHAPE = /^(postgres(?:ql)?:\/\/(?:[^@/]*@)?)([^/?]+)(.*)$/;

export const isAddress = (url: string): boolean => SHAPE.test(url);

/** @throws Error that quotes nothing of the URL, which may hold a password */
export function parseAddress(url: string): DatabaseAddress {
  const [, head, hosts, tail] = SHAPE.exec(url) ?? [];
  if (head === undefined || hosts === undefined || tail === undefined) {
    throw new Error('must look like postgres://user:password@host:5432/database');
  }
  // Which of several hosts takes writes is always asked: saying so is allowed and changes nothing.
  const rest = tail.replace(/([?&])target_session_attrs=(?:read-write|primary|any)(&|$)/, (_, before: string, after) =>
    after === '&' ? before : '',
  );
  return { urls: hosts.split(',').map((host) => `${head}${host}${rest}`) };
}
