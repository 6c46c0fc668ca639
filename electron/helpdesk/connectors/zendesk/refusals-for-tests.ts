import type { IncomingMessage } from 'node:http';

export type Fields = Record<string, unknown>;

/**
 * What Zendesk refuses before it looks at any ticket, with its own words: a wrong scheme or token, a page that is too large, a sort it
 * does not know, an update without what it needs. Null lets the request through.
 */
export function refusalOf(
  { method, headers }: IncomingMessage,
  { pathname, searchParams: query }: URL,
  body: Fields,
  credentials: string,
): [number, Fields] | null {
  const expected = `Basic ${Buffer.from(credentials).toString('base64')}`;
  if (headers.authorization !== expected) return [401, { error: "Couldn't authenticate you" }];
  if (pathname.endsWith('/attachments/')) return null;
  return method === 'GET' ? refusedPage(pathname, query) : refusedUpdate(headers['content-type'] ?? '', body);
}

function refusedPage(pathname: string, query: URLSearchParams): [number, Fields] | null {
  if (pathname.endsWith('/search.json')) {
    if ((query.get('query') ?? '') === '')
      return [422, { error: 'invalid', description: 'Invalid search: query is missing' }];
    const [size, page] = [Number(query.get('per_page')), Number(query.get('page'))];
    if (size > 100) return [400, invalid('per_page')];
    return size * page > 1000
      ? [422, { error: 'invalid', description: 'Number of search results requested exceeds the limit.' }]
      : null;
  }
  const size = query.get('page[size]');
  if (size !== null && !(Number(size) >= 1 && Number(size) <= 100))
    return [400, { errors: [{ code: 'InvalidPaginationParameter', title: 'page[size] is invalid' }] }];
  const sorts = pathname.endsWith('/comments.json')
    ? ['created_at', '-created_at']
    : ['updated_at', 'id', 'status', '-updated_at', '-id', '-status'];
  const sort = query.get('sort');
  return sort !== null && !sorts.includes(sort) ? [400, invalid('sort')] : null;
}

function refusedUpdate(contentType: string, { ticket }: Fields): [number, Fields] | null {
  if (!contentType.startsWith('application/json')) return [415, { error: 'UnsupportedMediaType' }];
  const asked = ticket as Fields | undefined;
  if (asked === undefined)
    return [400, { error: { title: 'Invalid parameter', message: 'ticket is required' } }];
  if (asked['safe_update'] === true && asked['updated_stamp'] === undefined)
    return [400, invalid('updated_stamp')];
  const { html_body: html, body: plain } = (asked['comment'] ?? {}) as Record<string, string | undefined>;
  const text = (html ?? plain ?? '').replace(/<[^>]*>/gu, '');
  const details = { base: [{ description: 'Comment: cannot be blank', error: 'BlankValue' }] };
  return text.trim() === ''
    ? [422, { error: 'RecordInvalid', description: 'Record validation errors', details }]
    : null;
}

const invalid = (name: string): Fields => ({
  error: { title: 'Invalid attribute', message: `You passed an invalid value for the ${name} attribute.` },
});
