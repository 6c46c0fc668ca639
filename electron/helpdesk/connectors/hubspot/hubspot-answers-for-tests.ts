import {
  FEMKE,
  foundBy,
  messageRow,
  PORTAL,
  recordOf,
  RHEA,
  STAGES,
  type ThreadRow,
  type TicketRow,
} from './hubspot-data-for-tests.js';
import type { Fields } from './hubspot-refusals-for-tests.js';

export interface HubSpotState {
  readonly tickets: Map<string, TicketRow>;
  readonly threads: Map<string, ThreadRow>;
  readonly notes: Map<string, Record<string, string | null>>;
  /** Addresses of private files, by number. */
  readonly signed: Map<string, string>;
  /** Whole texts of truncated messages, by number. */
  readonly originals: Map<string, string>;
  /** Newest message first: the reference promises no order. */
  isReversed: boolean;
  /** How often links of many tickets were asked for. */
  links: number;
  next(): number;
  now(): string;
}

type Answer = [number, Fields];
type Given = { readonly query: URLSearchParams; readonly body: Fields; readonly parts: readonly string[] };

const missing: Answer = [
  404,
  { status: 'error', message: 'Object not found.', correlationId: 'x', category: 'OBJECT_NOT_FOUND' },
];
const owner = { ...RHEA, token: undefined, archived: false };
const contact = { firstname: FEMKE.firstname, lastname: FEMKE.lastname, email: FEMKE.email };

/** What HubSpot answers to whatever it does not refuse. */
export function answersOf(state: HubSpotState) {
  const { tickets, threads, notes } = state;
  const idsIn = (body: Fields): readonly string[] =>
    ((body['inputs'] ?? []) as { id: string }[]).map(({ id }) => id);

  function ticket({ parts: [id = ''], query }: Given): Answer {
    const row = tickets.get(id);
    if (!row) return missing;
    const record = recordOf(id, row.properties, (query.get('properties') ?? '').split(','));
    const results = row.contacts.map((one) => ({ id: one, type: 'ticket_to_contact' })).reverse();
    const isAsked = query.get('associations') === 'contacts';
    return [200, { ...record, ...(isAsked ? { associations: { contacts: { results } } } : {}) }];
  }

  function links({ body }: Given): Answer {
    state.links += 1;
    const results = idsIn(body).map((id) => ({
      from: { id },
      to: (tickets.get(id)?.contacts ?? []).map((one) => ({ toObjectId: Number(one), associationTypes: [] })),
    }));
    return [200, { status: 'COMPLETE', results }];
  }

  function messages({ parts: [id = ''], query }: Given): Answer {
    const thread = threads.get(id);
    if (!thread) return missing;
    const all = state.isReversed ? [...thread.messages].reverse() : thread.messages;
    const to = Number(query.get('after') ?? 0) + Number(query.get('limit') ?? 100);
    const results = all.slice(Number(query.get('after') ?? 0), to);
    return [200, { results, ...(to < all.length ? { paging: { next: { after: String(to) } } } : {}) }];
  }

  function write({ parts: [id = ''], body }: Given): Answer {
    const thread = threads.get(id);
    if (!thread) return missing;
    const { recipients = [], senderActorId } = body as { recipients?: Fields[]; senderActorId?: string };
    const sent = messageRow(id, state.now(), state.next(), {
      ...{ ...body, recipients, direction: 'OUTGOING', createdBy: 'I-33717' },
      client: { clientType: 'INTEGRATION', integrationAppId: 33717 },
      senders: senderActorId === undefined ? [{ actorId: 'I-33717' }] : [{ actorId: senderActorId }],
    });
    thread.messages.push(sent);
    const at = String(sent['createdAt']);
    thread.head = { ...thread.head, latestMessageTimestamp: at };
    for (const { properties } of tickets.values())
      if (properties['hs_conversations_originating_thread_id'] === id) properties['hs_lastmodifieddate'] = at;
    return [201, sent];
  }

  function note({ body }: Given): Answer {
    const { properties, associations } = body as {
      properties: Record<string, string>;
      associations: { to: { id: string } }[];
    };
    const id = String(state.next());
    const at = state.now();
    notes.set(id, { ...properties, createdate: at, hs_lastmodifieddate: at });
    for (const { to } of associations) tickets.get(to.id)?.notes.push(id);
    return [201, recordOf(id, notes.get(id) ?? {}, ['hs_note_body', 'hs_timestamp'])];
  }

  const batchOf =
    (rows: (id: string) => Record<string, string | null> | undefined) =>
    ({ body }: Given): Answer => {
      const asked = (body['properties'] ?? []) as string[];
      const results = idsIn(body).flatMap((id) => {
        const row = rows(id);
        return row ? [recordOf(id, row, asked)] : [];
      });
      return [200, { status: 'COMPLETE', results }];
    };
  const contactById = (id: string) => (id === FEMKE.id ? contact : undefined);

  const routes: readonly [RegExp, (given: Given) => Answer][] = [
    [
      /^GET \/crm\/v3\/owners$/u,
      ({ query }) => [200, { results: query.get('email') === RHEA.email ? [owner] : [] }],
    ],
    [/^GET \/crm\/v3\/owners\/(\d+)$/u, ({ parts: [id] }) => (id === RHEA.id ? [200, owner] : missing)],
    [/^GET \/crm\/v3\/pipelines\/tickets$/u, () => [200, { results: [{ id: '0', stages: STAGES }] }]],
    [
      /^GET \/crm\/v3\/properties\/tickets$/u,
      () => [
        200,
        {
          results: [
            { name: 'subject', label: 'Ticket name', hubspotDefined: true },
            { name: 'order_number', label: 'Order number', hubspotDefined: false },
          ],
        },
      ],
    ],
    [
      /^POST \/crm\/v3\/objects\/tickets\/search$/u,
      ({ body }) => [200, foundBy(body as unknown as Parameters<typeof foundBy>[0], tickets.values())],
    ],
    [/^GET \/crm\/v3\/objects\/tickets\/(\d+)$/u, ticket],
    [/^POST \/crm\/v4\/associations\/tickets\/contacts\/batch\/read$/u, links],
    [/^POST \/crm\/v3\/objects\/contacts\/batch\/read$/u, batchOf(contactById)],
    [
      /^GET \/crm\/v3\/objects\/contacts\/(\d+)$/u,
      ({ parts: [id = ''], query }) => {
        const row = contactById(id);
        return row ? [200, recordOf(id, row, (query.get('properties') ?? '').split(','))] : missing;
      },
    ],
    [
      /^GET \/crm\/v4\/objects\/tickets\/(\d+)\/associations\/notes$/u,
      ({ parts: [id = ''] }) => [
        200,
        { results: (tickets.get(id)?.notes ?? []).map((one) => ({ toObjectId: Number(one) })) },
      ],
    ],
    [/^POST \/crm\/v3\/objects\/notes\/batch\/read$/u, batchOf((id) => notes.get(id))],
    [/^POST \/crm\/v3\/objects\/notes$/u, note],
    [
      /^GET \/conversations\/v3\/conversations\/threads\/(\d+)$/u,
      ({ parts: [id = ''] }) => {
        const thread = threads.get(id);
        return thread ? [200, { id, ...thread.head }] : missing;
      },
    ],
    [/^GET \/conversations\/v3\/conversations\/threads\/(\d+)\/messages$/u, messages],
    [/^POST \/conversations\/v3\/conversations\/threads\/(\d+)\/messages$/u, write],
    [
      /^GET \/conversations\/v3\/conversations\/threads\/\d+\/messages\/(\w+)\/original-content$/u,
      ({ parts: [id = ''] }) => [200, { text: state.originals.get(id) ?? '', richText: null }],
    ],
    [
      /^GET \/conversations\/v3\/conversations\/actors\/(\S+)$/u,
      ({ parts: [id = ''] }) => {
        if (id === `A-${String(RHEA.userId)}`)
          return [200, { id, type: 'AGENT', name: 'Rhea Adler', email: RHEA.email }];
        return id.startsWith('I-') ? [200, { id, type: 'INTEGRATOR', name: 'Cuecard' }] : missing;
      },
    ],
    [
      /^GET \/conversations\/v3\/conversations\/inboxes$/u,
      () => [200, { total: 1, results: [{ id: '99' }] }],
    ],
    [
      /^GET \/account-info\/v3\/details$/u,
      () => [200, { portalId: Number(PORTAL), uiDomain: 'app.hubspot.com' }],
    ],
    [
      /^GET \/files\/v3\/files\/(\d+)\/signed-url$/u,
      ({ parts: [id = ''] }) => {
        const url = state.signed.get(id);
        return url === undefined ? missing : [200, { url, expiresAt: '2026-09-01T09:00:00Z', size: 1 }];
      },
    ],
  ];

  return (method: string, { pathname, searchParams: query }: URL, body: Fields): Answer => {
    for (const [pattern, answer] of routes) {
      const match = pattern.exec(`${method} ${pathname}`);
      if (match) return answer({ query, body, parts: match.slice(1) });
    }
    return missing;
  };
}
