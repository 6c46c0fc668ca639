import type { HelpdeskKind } from './helpdesk.js';

/** An address as it is kept. */
export interface HelpdeskAddress {
  readonly baseUrl: string;
  /** False where there is nothing to sign in to: mails in a folder of this computer. */
  readonly needsToken: boolean;
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  https: ':443',
  http: ':80',
  imaps: ':993',
  imap: ':143',
};
const HIGHEST_PORT = 65_535;
/** Where the pages of a helpdesk begin, for an address copied from one of them. */
const PAGES: Partial<Readonly<Record<HelpdeskKind, RegExp>>> = {
  request_tracker: /\/(?:Ticket|Search|Dashboards|SelfService|NoAuth|index\.html)(?:\/.*)?$/u,
  chatwoot: /\/app(?:\/.*)?$/u,
  zendesk: /\/(?:agent|admin)(?:\/.*)?$/u,
  freshdesk: /\/a(?:\/.*)?$/u,
};
/** Scheme, host, port, path; nothing with a name or password in it. What follows the path was copied along. */
const ADDRESS =
  /^([a-z]+):\/\/([\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?|\[[0-9a-f:.]+\])(:\d{1,5})?(\/[^\s\\?#]*)?(?:[?#].*)?$/iu;

/**
 * The address of a helpdesk as a person enters it, without what they may have copied along: `https:`, or `http:` on this computer.
 * A mailbox lies at `imaps://host`, at `imap://host` (which signs in only over STARTTLS but on this computer), or in a folder.
 * @returns null for anything else, and for an address with a name or password in it.
 */
export function helpdeskAddressOf(kind: HelpdeskKind, entered: string): HelpdeskAddress | null {
  const text = entered.trim();
  const folder = kind === 'mail' ? folderOf(text) : null;
  if (folder !== null) return { baseUrl: folder, needsToken: false };
  const [, scheme = '', host = '', port = '', path = ''] = ADDRESS.exec(text) ?? [];
  const [protocol, hostname] = [scheme.toLowerCase(), host.toLowerCase()];
  const schemes =
    kind === 'mail' ? ['imaps', 'imap'] : LOOPBACK.includes(hostname) ? ['https', 'http'] : ['https'];
  if (!schemes.includes(protocol) || Number(port.slice(1)) > HIGHEST_PORT) return null;
  const pages = PAGES[kind];
  const home = pages ? path.replace(pages, '') : path;
  const below = kind === 'mail' ? '' : home.replace(/\/+$/u, '');
  const shownPort = port === DEFAULT_PORTS[protocol] ? '' : port;
  return { baseUrl: `${protocol}://${hostname}${shownPort}${below}`, needsToken: true };
}

/** `/home/rhea/Mail`, `C:\Mail` or a `file:` address as a `file:` address; never one of another computer. */
function folderOf(text: string): string | null {
  const path = text.replace(/\\/gu, '/').replace(/\/+$/u, '');
  if (/^file:\/\/\/[^/?#]/iu.test(path)) return `file${path.slice(4)}`;
  if (!/^\/[^/]/u.test(path) && !/^[a-z]:\/./iu.test(path)) return null;
  const encoded = path
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/')
    .replace(/^([a-z])%3A/iu, '$1:');
  return `file://${path.startsWith('/') ? '' : '/'}${encoded}`;
}
