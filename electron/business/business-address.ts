import type { BusinessKind, BusinessSystem } from '../../shared/domain/business-system.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { readMcpAddress } from './mcp/mcp-address.js';
import { readSqlAddress } from './sql/sql-address.js';

const LOCAL = ['127.0.0.1', 'localhost', '[::1]'];

/** The paths people copy along with an address, which are not part of it. */
const copiedAlong: Partial<Readonly<Record<BusinessKind, RegExp>>> = {
  shopify: /(?:\/admin(?:\/.*)?)?\/*$/u,
  salesforce: /\/(?:lightning|services|setup)(?:\/.*)?$|\/+$/u,
  vendure: /\/(?:admin-api|admin|dashboard)?\/?$/u,
};

/**
 * The system with its address without what a person may have copied along. Secrets never travel in the open: https, or http to this machine.
 * @throws AppErrorException BUSINESS_ADDRESS_INVALID.
 */
export function withAddress(system: BusinessSystem): BusinessSystem {
  if (system.kind === 'sql') return { ...system, baseUrl: readSqlAddress(system.baseUrl).text };
  if (system.kind === 'mcp') {
    const address = readMcpAddress(system.baseUrl);
    return { ...system, baseUrl: address.kind === 'http' ? address.url : `team:${address.name}` };
  }
  const url = URL.parse(system.baseUrl.trim());
  const isLocal = url !== null && LOCAL.includes(url.hostname);
  if (!url || (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal)))
    throw new AppErrorException('BUSINESS_ADDRESS_INVALID', system.baseUrl.slice(0, 200));
  if (url.username !== '' || url.password !== '') throw new AppErrorException('BUSINESS_ADDRESS_INVALID');
  const path = url.pathname.replace(copiedAlong[system.kind] ?? /\/+$/u, '');
  return { ...system, baseUrl: `${url.origin}${path}` };
}
