import type { IncomingMessage } from 'node:http';

export type Fields = Record<string, unknown>;

/** Which scope a call takes, by the beginning of its path; the first that fits. */
const SCOPES: readonly [RegExp, string][] = [
  [/^POST \/conversations\/v3\/.*\/messages$/u, 'conversations.write'],
  [/^\w+ \/conversations\/v3\//u, 'conversations.read'],
  [/^\w+ \/crm\/v3\/owners/u, 'crm.objects.owners.read'],
  [/^\w+ \/crm\/v3\/objects\/contacts/u, 'crm.objects.contacts.read'],
  [/^\w+ \/files\/v3\//u, 'files'],
  [/^\w+ \/crm\//u, 'tickets'],
];

/**
 * What HubSpot refuses before it looks at any record, with its own words: another scheme or token, a missing scope, a search, comment,
 * message or note without what it needs. Null lets the request through.
 */
export function refusalOf(
  { method = '', headers }: IncomingMessage,
  { pathname, searchParams: query }: URL,
  body: Fields,
  token: string,
  scopes: ReadonlySet<string>,
): [number, Fields] | null {
  if (headers.authorization !== `Bearer ${token}`)
    return refused(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.');
  const scope = SCOPES.find(([pattern]) => pattern.test(`${method} ${pathname}`))?.[1];
  if (scope !== undefined && !scopes.has(scope))
    return refused(
      403,
      'MISSING_SCOPES',
      "This app hasn't been granted all required scopes to make this call.",
    );
  if (method === 'GET')
    return Number(query.get('limit') ?? 1) > (pathname.includes('/associations/') ? 500 : 100)
      ? invalid('limit is too large')
      : null;
  if (!(headers['content-type'] ?? '').startsWith('application/json'))
    return refused(415, 'VALIDATION_ERROR', 'Unsupported media type');
  if (pathname.endsWith('/search')) return refusedSearch(body);
  if (pathname.endsWith('/messages')) return refusedMessage(body);
  if (pathname === '/crm/v3/objects/notes') return refusedNote(body);
  const inputs = body['inputs'];
  return Array.isArray(inputs) && inputs.length <= 100 ? null : invalid('inputs');
}

function refusedSearch(body: Fields): [number, Fields] | null {
  const {
    filterGroups,
    limit = 10,
    after = '0',
  } = body as {
    filterGroups?: { filters: Fields[] }[];
    limit?: number;
    after?: string;
  };
  if (limit > 200 || !/^\d+$/u.test(after) || Number(after) + limit > 10_000)
    return invalid('limit or after');
  for (const { operator, value, values } of (filterGroups ?? []).flatMap(({ filters }) => filters))
    if (operator === 'NOT_IN' ? !Array.isArray(values) || values.length === 0 : value === undefined)
      return invalid('A filter is missing its value.');
  return null;
}

function refusedMessage(body: Fields): [number, Fields] | null {
  const needed =
    body['type'] === 'COMMENT'
      ? ['text', 'attachments']
      : ['text', 'attachments', 'senderActorId', 'channelId', 'channelAccountId', 'recipients'];
  if (body['type'] !== 'COMMENT' && body['type'] !== 'MESSAGE') return invalid('type');
  const missing = needed.find((name) => body[name] === undefined || body[name] === '');
  if (missing !== undefined) return invalid(`Some required fields were not set: [${missing}]`);
  if (String(body['text']).trim() === '') return invalid('text may not be blank');
  const recipients = (body['recipients'] ?? []) as { deliveryIdentifiers?: unknown[] }[];
  return recipients.every(({ deliveryIdentifiers }) => (deliveryIdentifiers ?? []).length > 0)
    ? null
    : invalid('Some required fields were not set: [deliveryIdentifiers]');
}

function refusedNote(body: Fields): [number, Fields] | null {
  const { hs_timestamp: at } = (body['properties'] ?? {}) as { hs_timestamp?: string };
  return at === undefined ? invalid('Some required properties were not set: [hs_timestamp]') : null;
}

const invalid = (message: string) => refused(400, 'VALIDATION_ERROR', message);
const refused = (status: number, category: string, message: string): [number, Fields] => [
  status,
  { status: 'error', message, correlationId: 'aeb5f871-7f07-4993-9211-075dc63e7cbf', category },
];
