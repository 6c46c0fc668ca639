import { ChevronDown, ChevronUp, Send, Sparkles, X } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';

import { strings } from '../../app/strings.js';
import { Button, IconButton } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
import './composer.css';
import type { Composer as ComposerState } from './composer-state.js';
import { selectComposer, useConversation } from './conversation-store.js';

const text = strings.conversation;

interface ComposerProps {
  readonly onSend: () => void;
  /** Whether the composer may fold to one line. */
  readonly isCollapsible: boolean;
  /** What else can be done with the text, beside the way to send it. */
  readonly tools: ReactNode;
  /** What is known of the text, below it. */
  readonly children: ReactNode;
  /** Takes back what a tool did; tells whether there was anything. */
  readonly onUndo: () => boolean;
}

/** Where the reply is written. Knows which suggestion its text came from; sends on the rep's action only. */
export function Composer({ onSend, isCollapsible, tools, children, onUndo }: ComposerProps) {
  const activeId = useConversation((state) => state.activeId);
  const composer = useConversation(selectComposer);
  const focusRequests = useConversation((state) => state.focusRequests);
  const focusWords = useConversation((state) => state.focusWords);
  const type = useConversation((state) => state.type);
  const select = useConversation((state) => state.select);
  const clear = useConversation((state) => state.clear);
  const focusComposer = useConversation((state) => state.focusComposer);
  const foldComposer = useConversation((state) => state.foldComposer);
  const field = useRef<HTMLTextAreaElement>(null);
  const answered = useRef(focusRequests);

  useEffect(() => {
    if (answered.current === focusRequests) return;
    answered.current = focusRequests;
    focusIn(field.current, focusWords);
  }, [focusRequests, focusWords]);

  if (isCollapsible && !composer.isOpen)
    return (
      <section className="composer" aria-label={text.composerArea} data-folded>
        <button
          type="button"
          className="composer-unfold"
          aria-expanded="false"
          disabled={activeId === null}
          onClick={() => focusComposer()}
        >
          {composer.text === '' ? text.expandComposer : text.draftWaiting(wordCount(composer.text))}
          <ChevronUp aria-hidden />
        </button>
      </section>
    );

  const isSending = composer.sending.kind === 'sending';
  return (
    <form
      className="composer"
      aria-label={text.composerArea}
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      <textarea
        ref={field}
        className="composer-field"
        aria-label={text.composer}
        placeholder={text.placeholder}
        dir="auto"
        rows={isCollapsible ? 5 : 6}
        maxLength={100_000}
        disabled={activeId === null}
        value={composer.text}
        onChange={(event) => type(event.target.value)}
        onSelect={({ currentTarget: { selectionStart: start, selectionEnd: end } }) => select({ start, end })}
        onKeyDown={(event) => {
          const isUndo =
            event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
          if (isUndo && onUndo()) event.preventDefault();
        }}
      />
      {composer.sending.kind === 'failed' && (
        <p className="composer-error" role="alert">
          <strong>{text.notSent}:</strong> {composer.sending.error.message} {composer.sending.error.next}
        </p>
      )}
      {children}
      <div className="composer-foot">
        <Origin composer={composer} />
        {tools}
        {composer.text !== '' && (
          <IconButton label={text.clear} icon={<X aria-hidden />} onClick={clear} disabled={isSending} />
        )}
        {isCollapsible && (
          <IconButton
            label={text.collapseComposer}
            icon={<ChevronDown aria-hidden />}
            aria-expanded="true"
            onClick={foldComposer}
          />
        )}
        <Button
          type="submit"
          variant="primary"
          icon={<Send aria-hidden />}
          keyHint="Ctrl ↵"
          aria-keyshortcuts="Control+Enter"
          disabled={composer.text.trim() === '' || isSending}
        >
          {isSending ? text.sending : text.send}
        </Button>
      </div>
    </form>
  );
}

function Origin({ composer: { runId, text: body, insertedText } }: { readonly composer: ComposerState }) {
  return (
    <span className="composer-origin">
      {runId !== null && (
        <Chip tone="accent" icon={<Sparkles aria-hidden />}>
          {text.fromSuggestion}
        </Chip>
      )}
      {runId !== null && body !== insertedText && <span>{text.edited}</span>}
    </span>
  );
}

/** The cursor goes to the end, or onto the words that are to be changed. */
function focusIn(field: HTMLTextAreaElement | null, words: string | null): void {
  if (!field) return;
  field.focus();
  const at = words === null ? -1 : field.value.lastIndexOf(words);
  if (words !== null && at >= 0) field.setSelectionRange(at, at + words.length);
  else field.setSelectionRange(field.value.length, field.value.length);
}

const wordCount = (body: string): number => body.split(/\s+/).filter(Boolean).length;
