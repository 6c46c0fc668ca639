import type { Inbox } from '../helpdesk/inbox.js';
import type { Forgetting } from './forgetting.js';

/** What would go with a customer. */
export interface ForgetPreview {
  readonly conversations: number;
  /** Decisions of the rep that the team's hub has not got yet. */
  readonly unsent: number;
  /** Helpdesks inside the window whose web apps lose what they keep on this machine. */
  readonly pages: number;
}

/** Deletes everything this machine keeps of one customer. What a helpdesk, a business system or a hub has stays there. */
export interface ForgetCustomer {
  /** @param conversationId any conversation with the customer. */
  preview(conversationId: string): Promise<ForgetPreview>;
  /** @returns how many conversations went. @throws AppErrorException FORGET_CHANGE_OPEN, FORGET_INCOMPLETE. */
  forget(conversationId: string): Promise<number>;
}

export function createForgetCustomer(deps: {
  readonly inbox: Pick<Inbox, 'ofSameCustomer'>;
  readonly forgetting: Pick<Forgetting, 'forget'>;
  readonly unsentOf: (conversationIds: readonly string[]) => number;
  readonly pages: () => number;
}): ForgetCustomer {
  const { inbox, forgetting, unsentOf, pages } = deps;
  return {
    async preview(conversationId) {
      const ids = await inbox.ofSameCustomer(conversationId);
      return { conversations: ids.length, unsent: unsentOf(ids), pages: pages() };
    },
    async forget(conversationId) {
      const ids = await inbox.ofSameCustomer(conversationId);
      await forgetting.forget(ids, { withUnsent: true });
      return ids.length;
    },
  };
}
