import { ChevronDown, ChevronUp, Copy, NotebookPen, Send, Sparkles, X } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';

import type { AppError } from '../../../shared/errors/app-error.js';
import { strings } from '../../app/strings.js';
import { Button, IconButton } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
import './composer.css';
import type { Composer as ComposerState, SentAs } from './composer-state.js';
import { selectCanSend, selectComposer, useConversation } from './conversation-store.js';

const text = strings.conversation;
const beside = strings.helpdesk.conversation;

interface ComposerProps {
  /** Sends the text, or copies it where replies go out from the helpdesk. */
  readonly onSend: () => void;
  readonly onAddNote: () => void;
  /** Whether the composer may fold to one line. */
  readonly isCollapsible: boolean;
  /** What else can be done with the text, beside the way to send it. */
  readonly tools: ReactNode;
  /** What is known of the text, below it. */
  readonly children: ReactNode;
  /** Takes back what a tool did; tells whether there was anything. */
  readonly onUndo: () => boolean;
}

/**
 * Where the reply is written. Knows which suggestion its text came from; sends on the rep's action only. Beside a connected helpdesk
 * the reply is copied, since it goes out from there, and the text may become a note.
 */
export function Composer(props: ComposerProps) {
  const { onSend, onAddNote, isCollapsible, tools, children, onUndo } = props;
  const canSend = useConversation(selectCanSend);
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
  const isIdle = composer.text.trim() === '' || isSending;
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
        placeholder={canSend ? text.placeholder : beside.placeholder}
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
        <SendingFailed as={composer.sending.as} error={composer.sending.error} />
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
        {!canSend && (
          <Button icon={<NotebookPen aria-hidden />} disabled={isIdle} onClick={onAddNote}>
            {isSending ? beside.adding : beside.addNote}
          </Button>
        )}
        <Button
          type="submit"
          variant="primary"
          icon={canSend ? <Send aria-hidden /> : <Copy aria-hidden />}
          keyHint="Ctrl ↵"
          aria-keyshortcuts="Control+Enter"
          disabled={isIdle}
        >
          {canSend ? (isSending ? text.sending : text.send) : beside.copyReply}
        </Button>
      </div>
    </form>
  );
}

/** What became of a text that was to go out: not taken, or, without an answer, nobody knows. */
function SendingFailed({ as, error }: { readonly as: SentAs; readonly error: AppError }) {
  const title =
    as === 'reply'
      ? text.notSent
      : error.code === 'HELPDESK_WRITE_UNCERTAIN'
        ? beside.noteUncertain
        : beside.noteNotAdded;
  const { message, detail, next } = error;
  return (
    <p className="composer-error" role="alert">
      <strong>{title}:</strong>{' '}
      {[message, as === 'note' ? detail : undefined, next].filter(Boolean).join(' ')}
    </p>
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
