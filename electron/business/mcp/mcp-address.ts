import { AppErrorException } from '../../../shared/errors/app-error.js';

/** Where tools are: a server on the network, or a program of the team's list on this computer. */
export type McpAddress =
  { readonly kind: 'http'; readonly url: string } | { readonly kind: 'program'; readonly name: string };

const LOCAL = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Reads `https://tools.example.com/mcp` (http for this computer only), or `team:files` for the program the team lists as `files`.
 * @throws AppErrorException BUSINESS_ADDRESS_INVALID.
 */
export function readMcpAddress(address: string): McpAddress {
  const text = address.trim();
  const [, name] = /^team:([a-z][a-z0-9-]{0,39})$/u.exec(text) ?? [];
  if (name !== undefined) return { kind: 'program', name };
  const url = URL.parse(text);
  const isAllowed = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOCAL.includes(url.hostname));
  if (!url || !isAllowed || url.username !== '' || url.password !== '')
    throw new AppErrorException('BUSINESS_ADDRESS_INVALID', 'write https://host/mcp, or team:name');
  return { kind: 'http', url: url.href };
}
