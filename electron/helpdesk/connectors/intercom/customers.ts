import type { ConversationCustomer } from '../../../../shared/domain/conversation.js';
import { HelpdeskFailure } from '../helpdesk-failure.js';
import type { HelpdeskHttp } from '../helpdesk-http.js';
import { createRemembered } from '../remembered.js';
import { Contact, type IcAuthor, type IcConversation } from './answers.js';

export const isCustomer = (author: IcAuthor | null | undefined): boolean =>
  ['user', 'lead', 'contact'].includes(author?.type ?? '');

/** Who a conversation is with. */
export interface Customers {
  of(conversation: IcConversation, signal: AbortSignal): Promise<ConversationCustomer>;
  /** Drops the names and addresses it knows. */
  forget(): void;
}

/**
 * A conversation names its customer only when they began it. For one that a colleague or a campaign began the contact is asked for,
 * once while Cuecard runs; without the right to see contacts the customer stays unnamed.
 */
export function createCustomers(http: Pick<HelpdeskHttp, 'json'>): Customers {
  const known = createRemembered<ConversationCustomer>();

  async function ask(contactId: string, signal: AbortSignal): Promise<ConversationCustomer> {
    try {
      const path = `/contacts/${encodeURIComponent(contactId)}`;
      return customerOf((await http.json(path, Contact, {}, signal)).body);
    } catch (error) {
      if (!(error instanceof HelpdeskFailure)) throw error;
      const { code } = error.error;
      if (code !== 'HELPDESK_RIGHT_MISSING' && code !== 'HELPDESK_CONVERSATION_NOT_FOUND') throw error;
      return { name: '' };
    }
  }

  return {
    async of({ source, contacts }, signal) {
      const { author } = source ?? {};
      if (author && isCustomer(author) && (author.email ?? '') !== '') return customerOf(author);
      const contactId = contacts?.contacts?.[0]?.id;
      if (contactId === undefined) return author && isCustomer(author) ? customerOf(author) : { name: '' };
      const keep = known.keeper();
      const found = known.get(contactId) ?? (await ask(contactId, signal));
      keep(contactId, found);
      return found;
    },
    forget: () => known.forget(),
  };
}

function customerOf(one: {
  readonly name?: string | null | undefined;
  readonly email?: string | null | undefined;
}) {
  const email = one.email ?? '';
  const name = one.name ?? '';
  return { name: name === '' ? email : name, ...(email === '' ? {} : { email }) };
}
