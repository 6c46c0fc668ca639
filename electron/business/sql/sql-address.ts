import { AppErrorException } from '../../../shared/errors/app-error.js';

/** Where a database is and whether the way there is encrypted. */
export interface SqlAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** False only on this computer; elsewhere TLS with the certificate and the name in it checked. */
  readonly isEncrypted: boolean;
  /** The address without what does not belong to it. */
  readonly text: string;
}

const LOCAL = ['127.0.0.1', 'localhost', '::1'];
const ENCRYPTED = ['require', 'verify-ca', 'verify-full'];

/**
 * Reads `postgres://host:5432/database?sslmode=verify-full`. User and password are not part of it, and every `sslmode` that encrypts checks the
 * certificate too. @throws AppErrorException BUSINESS_ADDRESS_INVALID saying what is wrong.
 */
export function readSqlAddress(address: string): SqlAddress {
  const wrong = (detail: string) => new AppErrorException('BUSINESS_ADDRESS_INVALID', detail);
  const url = URL.parse(address.trim());
  if (!url || !/^postgres(?:ql)?:$/u.test(url.protocol)) throw wrong('write postgres://host:5432/database');
  if (url.username !== '' || url.password !== '') throw wrong('user and password have fields of their own');
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  const database = decodeURIComponent(url.pathname.slice(1));
  if (host === '' || database === '' || database.includes('/'))
    throw wrong('write postgres://host:5432/database');
  const isLocal = LOCAL.includes(host);
  const mode = url.searchParams.get('sslmode') ?? (isLocal ? 'disable' : 'verify-full');
  const isEncrypted = ENCRYPTED.includes(mode);
  if (!isEncrypted && mode !== 'disable') throw wrong(`sslmode=${mode.slice(0, 20)} is not known`);
  if (!isEncrypted && !isLocal) throw wrong('without TLS only a database of this computer is asked');
  const port = url.port === '' ? 5432 : Number(url.port);
  const query = url.searchParams.has('sslmode') ? `?sslmode=${mode}` : '';
  const text = `postgres://${url.hostname}:${String(port)}/${encodeURIComponent(database)}${query}`;
  return { host, port, database, isEncrypted, text };
}
