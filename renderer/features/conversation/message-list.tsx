import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef } from 'react';

import type { ConversationMessage } from '../../../shared/domain/conversation.js';
import { strings } from '../../app/strings.js';
import { ScrollArea } from '../../ui/scroll-area.js';
import { Time } from '../../ui/time.js';
import { MessageText } from './message-text.js';
import './conversation.css';

const text = strings.conversation;
const ESTIMATED_MESSAGE_PX = 96;

/**
 * The messages, oldest first, opened at the newest. Only those in sight exist in the page; a new one is followed
 * unless the rep has scrolled up to read.
 */
export function MessageList({ messages }: { readonly messages: readonly ConversationMessage[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: messages.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_MESSAGE_PX,
    getItemKey: (at) => messages[at]?.id ?? at,
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
          const message = messages[index];
          return (
            message && (
              <div
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                role="listitem"
                aria-setsize={messages.length}
                aria-posinset={index + 1}
                className="message"
                data-author={message.author}
                style={{ transform: `translateY(${start}px)` }}
              >
                <div className="message-meta">
                  <span>{text.author[message.author]}</span>
                  <Time iso={message.sentAt} />
                </div>
                <div className="message-bubble">
                  <MessageText body={message.text} />
                </div>
              </div>
            )
          );
        })}
      </div>
    </ScrollArea>
  );
}
