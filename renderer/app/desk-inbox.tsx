import { helpdeskRefOf } from '../../shared/domain/helpdesk-ref.js';
import { useHelpdesk } from '../features/helpdesk/helpdesk-store.js';
import { InboxList } from '../features/inbox/inbox-list.js';

/** The inbox; with several helpdesks each row says which one it is from. */
export function DeskInbox({ onChosen }: { readonly onChosen?: () => void }) {
  const view = useHelpdesk((state) => state.view);
  const helpdesks = view?.helpdesks ?? [];
  const helpdeskOf = (conversationId: string): string | null => {
    if (helpdesks.length < 2) return null;
    const from = helpdeskRefOf(conversationId)?.connectionId;
    return helpdesks.find(({ connection }) => connection.id === from)?.connection.name ?? null;
  };
  return <InboxList helpdeskOf={helpdeskOf} {...(onChosen && { onChosen })} />;
}
