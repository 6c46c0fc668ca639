import { ChevronDown, ChevronLeft, ChevronRight } from 'lucide-react';

import { strings } from '../../app/strings.js';
import { IconButton } from '../../ui/button.js';
import { selectRows, useInbox } from './inbox-store.js';
import './inbox.css';

const text = strings.inbox;

/** The inbox in one line, for the narrow layout: back, who, forth. The middle opens the whole list. */
export function ConversationSwitcher({ onOpenList }: { readonly onOpenList: () => void }) {
  const rows = useInbox(selectRows);
  const activeId = useInbox((state) => state.activeId);
  const move = useInbox((state) => state.move);
  const at = rows.findIndex(({ id }) => id === activeId);
  const active = rows[at];
  const unread = rows.filter(({ unreadCount }) => unreadCount > 0).length;
  return (
    <div className="switcher" role="group" aria-label={text.switcher}>
      <IconButton
        label={text.previous}
        keyHint="K"
        icon={<ChevronLeft aria-hidden />}
        disabled={at <= 0}
        onClick={() => move(-1)}
      />
      <button type="button" className="switcher-current" aria-haspopup="dialog" onClick={onOpenList}>
        <span className="switcher-name" dir="auto">
          {active?.customer.name ?? text.choose}
        </span>
        {unread > 0 && (
          // The number alone: the line is narrow, and the name comes first.
          <span className="switcher-unread" title={text.unread(unread)}>
            <span aria-hidden>{unread}</span>
            <span className="visually-hidden">{text.unread(unread)}</span>
          </span>
        )}
        <ChevronDown aria-hidden />
      </button>
      <IconButton
        label={text.next}
        keyHint="J"
        icon={<ChevronRight aria-hidden />}
        disabled={at < 0 || at >= rows.length - 1}
        onClick={() => move(1)}
      />
    </div>
  );
}
