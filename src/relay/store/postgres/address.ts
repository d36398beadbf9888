/** The database's address: a `postgres://` URL that may name several hosts, as libpq takes it. */

export interface DatabaseAddress {
  /** One URL per host (`pg` takes one only), the one that took writes last first. */
  inOrder(): readonly string[];
  /** This host took us in as one that takes writes. */
  prefer(url: string): void;
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
  let urls = hosts.split(',').map((one) => `${head}${one}${rest}`);
  return {
    inOrder: () => urls,
    prefer: (good) => {
      if (urls[0] !== good) urls = [good, ...urls.filter((other) => other !== good)];
    },
  };
}
