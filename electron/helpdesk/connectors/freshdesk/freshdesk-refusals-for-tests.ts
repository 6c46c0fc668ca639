import type { IncomingMessage } from 'node:http';

export type Fields = Record<string, unknown>;

const QUERIES: Readonly<Record<string, readonly string[]>> = {
  tickets: ['filter', 'updated_since', 'order_by', 'order_type', 'include', 'page', 'per_page'],
  ticket: ['include'],
  conversations: ['page', 'per_page'],
};
const BODIES: Readonly<Record<string, readonly string[]>> = {
  notes: ['body', 'private', 'incoming', 'notify_emails', 'user_id'],
  reply: ['body', 'from_email', 'cc_emails', 'bcc_emails', 'user_id'],
};

/**
 * What Freshdesk refuses before it looks at any ticket, with its own words: another scheme or key, fields it does not know, missing
 * or of another type. Null lets the request through.
 */
export function refusalOf(
  { method, headers }: IncomingMessage,
  { pathname, searchParams: query }: URL,
  body: Fields,
  apiKey: string,
): [number, Fields] | null {
  const [scheme, code = ''] = (headers.authorization ?? '').split(' ');
  if (scheme !== 'Basic' || atob(code).split(':')[0] !== apiKey)
    return [
      401,
      { code: 'invalid_credentials', message: 'You have to be logged in to perform this action.' },
    ];
  const last = pathname.split('/').at(-1) ?? '';
  const kind = /^\d+$/u.test(last) && pathname.includes('/tickets/') ? 'ticket' : last;
  if (method === 'GET') return refusedQuery(kind, query);
  if (!(headers['content-type'] ?? '').startsWith('application/json'))
    return [
      415,
      { code: 'invalid_content_type', message: 'Content-Type header is set to an unsupported type.' },
    ];
  return refusedBody(kind, body);
}

function refusedQuery(kind: string, query: URLSearchParams): [number, Fields] | null {
  for (const name of query.keys())
    if (QUERIES[kind]?.includes(name) !== true)
      return invalid(name, 'Unexpected/invalid field in request', 'invalid_field');
  const size = Number(query.get('per_page') ?? 30);
  if (!(size >= 1 && size <= 100))
    return invalid('per_page', 'It should be a Positive Integer less than or equal to 100', 'invalid_value');
  if (Number.isNaN(Date.parse(query.get('updated_since') ?? '2026-01-01')))
    return invalid('updated_since', 'It should be in the combined date time ISO8601 format', 'invalid_date');
  const order = query.get('order_by') ?? 'created_at';
  return ['created_at', 'due_by', 'updated_at', 'status'].includes(order)
    ? null
    : invalid('order_by', 'It should be one of these values', 'invalid_value');
}

function refusedBody(kind: string, body: Fields): [number, Fields] | null {
  for (const name of Object.keys(body))
    if (BODIES[kind]?.includes(name) !== true)
      return invalid(name, 'Unexpected/invalid field in request', 'invalid_field');
  const { body: text, private: isPrivate = true } = body;
  if (typeof text !== 'string') return invalid('body', 'It should be a/an String', 'missing_field');
  if (text.replace(/<[^>]*>/gu, '').trim() === '')
    return invalid('body', "It can't be blank", 'invalid_value');
  return typeof isPrivate === 'boolean'
    ? null
    : invalid('private', 'It should be a/an Boolean', 'datatype_mismatch');
}

const invalid = (field: string, message: string, code: string): [number, Fields] => [
  400,
  { description: 'Validation failed', errors: [{ field, message, code }] },
];
