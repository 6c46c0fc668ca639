import type { DeclaredArguments } from '../declared/declared-argument.js';
import { typedValue } from '../declared/typed-value.js';
import type { PreparedOperation } from './prepared-api.js';

/** A call as it goes out, but for who asks. */
export interface ApiRequest {
  readonly method: PreparedOperation['method'];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

type Plain = string | number | boolean;

/** The parts of a call, as the description's schema sees them. */
interface Parts {
  readonly path: Record<string, Plain>;
  readonly query: Record<string, Plain>;
  readonly header: Record<string, Plain>;
  body?: Record<string, unknown>;
}

export type Values = Readonly<Record<string, Plain>>;

/**
 * Puts values where an operation takes them. Pure.
 * @returns a sentence where a value cannot stand in its place.
 */
export function partsOf(
  operation: PreparedOperation,
  values: Values,
  key: { readonly place: string; readonly value: string } | null,
): Parts | { readonly problem: string } {
  const parts: Parts = { path: {}, query: {}, header: {} };
  const put = (place: string, value: Plain): void => {
    const [kind = '', ...rest] = place.split('.');
    if (kind === 'body') {
      parts.body ??= {};
      const name = rest.pop() ?? '';
      const owner = rest.reduce<Record<string, unknown>>(
        (at, part) => (at[part] ??= {}) as typeof at,
        parts.body,
      );
      owner[name] = value;
    } else parts[kind as 'path' | 'query' | 'header'][rest.join('.')] = value;
  };
  for (const [name, { place, type }] of Object.entries(operation.targets)) {
    const given = values[name];
    if (given === undefined) continue;
    const value = typedValue(inCents(operation, operation.arguments, name, given), type);
    if (value === null) return { problem: `${name} is no ${type}` };
    put(place, value);
  }
  if (key) put(key.place, key.value);
  return parts;
}

/**
 * A call of an operation below `baseUrl`. Values are encoded, and none leads out of the path it stands in. Pure.
 * @returns a sentence where a value would do so.
 */
export function requestOf(
  { method, path, isForm }: PreparedOperation,
  { path: inPath, query, header, body }: Parts,
  baseUrl: string,
): ApiRequest | { readonly problem: string } {
  const dots = Object.entries(inPath).find(([, value]) => /^\.{0,2}$/u.test(String(value)));
  if (dots) return { problem: `${dots[0]} is no part of a path` };
  const unfit = Object.entries(header).find(([, value]) => /[^\x20-\x7e]/u.test(String(value)));
  if (unfit) return { problem: `${unfit[0]} has signs a header cannot hold` };
  const filled = path.replaceAll(/\{([^}]+)\}/gu, (_, name: string) =>
    encodeURIComponent(String(inPath[name] ?? '')),
  );
  const url = new URL(`${baseUrl}${filled}`);
  const base = new URL(baseUrl);
  if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname.replace(/\/$/u, '')))
    return { problem: 'it would leave the address of this system' };
  for (const [name, value] of Object.entries(query)) url.searchParams.append(name, String(value));
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
  return {
    ...{ method, url: url.href },
    headers: {
      ...Object.fromEntries(Object.entries(header).map(([name, value]) => [name, String(value)])),
      ...(body ? { 'content-type': type } : {}),
    },
    body: body ? (isForm ? formOf(body).toString() : JSON.stringify(body)) : null,
  };
}

function inCents(
  { amountInCents }: PreparedOperation,
  declared: DeclaredArguments,
  name: string,
  given: Plain,
): Plain {
  return amountInCents && declared[name]?.from === 'amount' ? Math.round(Number(given) * 100) : given;
}

/** Nested fields as `customer[email]`. */
function formOf(body: Readonly<Record<string, unknown>>): URLSearchParams {
  const form = new URLSearchParams();
  const add = (name: string, value: unknown): void => {
    if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value)) add(name === '' ? key : `${name}[${key}]`, one);
    else form.append(name, String(value));
  };
  add('', body);
  return form;
}
