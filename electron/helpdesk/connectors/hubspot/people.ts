import type { ConversationCustomer } from '../../../../shared/domain/conversation.js';
import { HelpdeskFailure } from '../helpdesk-failure.js';
import type { HelpdeskHttp } from '../helpdesk-http.js';
import { Actor, OneOwner, OneRecord, OwnerList, RecordList, type HsOwner, type HsRecord } from './answers.js';
import { createRemembered } from '../remembered.js';
import { ifAllowed } from './asked-once.js';

/** Who is who in an account. Each is asked for once while Cuecard runs; without the right to see them they stay unnamed. */
export interface People {
  /** The user with this email. @throws HelpdeskFailure HELPDESK_RIGHT_MISSING where there is none. */
  user(email: string, signal: AbortSignal): Promise<HsOwner>;
  ownerName(ownerId: string, signal: AbortSignal): Promise<string>;
  actorName(actorId: string, signal: AbortSignal): Promise<string>;
  contact(contactId: string, signal: AbortSignal): Promise<ConversationCustomer>;
  /** Asks for many at once, so that none of them is asked for alone. */
  learnContacts(contactIds: readonly string[], signal: AbortSignal): Promise<void>;
  /** Drops the names and addresses of everybody but the users of the account. */
  forget(): void;
}

const NAMED = ['firstname', 'lastname', 'email'];
/** Most that one batch reads. */
const BATCH = 100;

export function createPeople(http: Pick<HelpdeskHttp, 'json'>): People {
  const users = new Map<string, HsOwner>();
  // A customer is an actor, too.
  const names = createRemembered<string>();
  const contacts = createRemembered<ConversationCustomer>();

  async function named(key: string, ask: () => Promise<string>): Promise<string> {
    const keep = names.keeper();
    const name = names.get(key) ?? (await ifAllowed(ask)) ?? '';
    keep(key, name);
    return name;
  }

  return {
    async user(email, signal) {
      const known = users.get(email);
      if (known) return known;
      const query = { email, limit: '1' };
      const [user] = (await http.json('/crm/v3/owners', OwnerList, { query }, signal)).body.results;
      if (!user) throw new HelpdeskFailure('HELPDESK_RIGHT_MISSING', `No user of the account has ${email}.`);
      users.set(email, user);
      return user;
    },
    ownerName: (ownerId, signal) =>
      named(`owner ${ownerId}`, async () => {
        const path = `/crm/v3/owners/${encodeURIComponent(ownerId)}`;
        return nameOfOwner((await http.json(path, OneOwner, {}, signal)).body);
      }),
    actorName: (actorId, signal) =>
      named(`actor ${actorId}`, async () => {
        const path = `/conversations/v3/conversations/actors/${encodeURIComponent(actorId)}`;
        const { name, email } = (await http.json(path, Actor, {}, signal)).body;
        return name ?? email ?? '';
      }),
    async contact(contactId, signal) {
      const path = `/crm/v3/objects/contacts/${encodeURIComponent(contactId)}`;
      const query = { properties: NAMED.join(',') };
      const keep = contacts.keeper();
      const found =
        contacts.get(contactId) ??
        (await ifAllowed(async () => customerOf((await http.json(path, OneRecord, { query }, signal)).body)));
      keep(contactId, found ?? { name: '' });
      return found ?? { name: '' };
    },
    async learnContacts(contactIds, signal) {
      const keep = contacts.keeper();
      const unknown = [...new Set(contactIds)].filter((id) => !contacts.get(id));
      for (let from = 0; from < unknown.length; from += BATCH) {
        const inputs = unknown.slice(from, from + BATCH).map((id) => ({ id }));
        const body = { properties: NAMED, propertiesWithHistory: [], inputs };
        const request = { method: 'POST', isRead: true, body } as const;
        const path = '/crm/v3/objects/contacts/batch/read';
        const found = await ifAllowed(() => http.json(path, RecordList, request, signal));
        for (const { id } of inputs) keep(id, { name: '' });
        for (const contact of found?.body.results ?? []) keep(contact.id, customerOf(contact));
      }
    },
    forget() {
      names.forget();
      contacts.forget();
    },
  };
}

export const nameOfOwner = ({ firstName, lastName, email }: HsOwner): string =>
  joined(firstName, lastName, email);

function customerOf({ properties: { firstname, lastname, email } }: HsRecord): ConversationCustomer {
  const name = joined(firstname, lastname, email);
  return (email ?? '') === '' ? { name } : { name, email: email ?? '' };
}

function joined(first?: string | null, last?: string | null, email?: string | null): string {
  const name = [first ?? '', last ?? ''].join(' ').trim();
  return name === '' ? (email ?? '') : name;
}
