import { useMemo } from 'react';

import { helpdeskRefOf } from '../../shared/domain/helpdesk-ref.js';
import { useHelpdesk } from '../features/helpdesk/helpdesk-store.js';
import { InboxList } from '../features/inbox/inbox-list.js';

/** The inbox; with several helpdesks each row says which one it is from. */
export function DeskInbox({ onChosen }: { readonly onChosen?: () => void }) {
  const view = useHelpdesk((state) => state.view);
  const helpdeskOf = useMemo(() => {
    const helpdesks = view?.helpdesks ?? [];
    if (helpdesks.length < 2) return () => null;
    const names = new Map(helpdesks.map(({ connection: { id, name } }) => [id, name]));
    return (conversationId: string): string | null =>
      names.get(helpdeskRefOf(conversationId)?.connectionId ?? '') ?? null;
  }, [view]);
  return <InboxList helpdeskOf={helpdeskOf} {...(onChosen && { onChosen })} />;
}
