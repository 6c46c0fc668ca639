import { useVirtualizer } from '@tanstack/react-virtual';
import { Lock } from 'lucide-react';
import { useLayoutEffect, useMemo, useRef } from 'react';

import type { Conversation, ConversationMessage } from '../../../shared/domain/conversation.js';
import { strings } from '../../app/strings.js';
import { ScrollArea } from '../../ui/scroll-area.js';
import { Time } from '../../ui/time.js';
import { AttachmentList } from './attachment-list.js';
import { MessageText } from './message-text.js';
import { threadEntries } from './thread-entries.js';
import './conversation.css';

const text = strings.conversation;
const ESTIMATED_MESSAGE_PX = 96;

/**
 * The messages and the team's notes, oldest first, opened at the newest. Only those in sight exist in the page; a new one is followed
 * unless the rep has scrolled up to read.
 */
export function MessageList({ conversation }: { readonly conversation: Conversation }) {
  const { messages, notes } = conversation;
  const entries = useMemo(() => threadEntries({ messages, notes }), [messages, notes]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_MESSAGE_PX,
    getItemKey: (at) => entries[at]?.message.id ?? at,
    overscan: 5,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: 80,
    paddingStart: 16,
    paddingEnd: 16,
  });

  useLayoutEffect(() => {
    virtual.scrollToEnd();
  }, [virtual]);

  return (
    <ScrollArea ref={scroller} className="messages" role="list" aria-label={text.messages}>
      <div role="presentation" className="messages-sizer" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const entry = entries[index];
          return (
            entry && (
              <div
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                role="listitem"
                aria-setsize={entries.length}
                aria-posinset={index + 1}
                className="message"
                data-author={entry.message.author}
                data-internal={entry.isInternal}
                style={{ transform: `translateY(${start}px)` }}
              >
                <div className="message-meta">
                  {entry.isInternal && <InternalMark />}
                  <span dir="auto">{authorOf(entry.message)}</span>
                  <Time iso={entry.message.sentAt} />
                </div>
                <div className="message-bubble">
                  <MessageText body={entry.message.text} />
                  {entry.message.attachments && (
                    <AttachmentList
                      message={entry.message}
                      attachments={entry.message.attachments}
                      isInternal={entry.isInternal}
                    />
                  )}
                </div>
              </div>
            )
          );
        })}
      </div>
    </ScrollArea>
  );
}

function InternalMark() {
  const { internal, onlyTeam } = strings.helpdesk.conversation;
  return (
    <span className="message-internal">
      <Lock aria-hidden />
      {internal}: {onlyTeam}
    </span>
  );
}

/** Beside a helpdesk a colleague may have answered, so it says who where that is known. */
const authorOf = ({ author, authorName }: ConversationMessage): string =>
  author === 'rep' && authorName !== undefined ? authorName : text.author[author];
