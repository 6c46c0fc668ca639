import {
  ChevronDown,
  ChevronUp,
  Copy,
  FilePen,
  NotebookPen,
  Send,
  Sparkles,
  TextCursorInput,
  X,
} from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';

import type { AppError } from '../../../shared/errors/app-error.js';
import { strings } from '../../app/strings.js';
import { Button, IconButton } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
import './composer.css';
import { SendQuestion } from './send-question.js';
import type { Composer as ComposerState, SentAs } from './composer-state.js';
import { selectCanSend, selectComposer, selectDelivers, useConversation } from './conversation-store.js';

const text = strings.conversation;
const beside = strings.helpdesk.conversation;

interface ComposerProps {
  /** Sends the text; where replies go out from the helpdesk, brings it there: into its page, its drafts, or by the clipboard. */
  readonly onSend: () => void;
  /** Sends the text through the helpdesk's interface, after the rep was asked. */
  readonly onSendNow: () => void;
  /** Whether the helpdesk's own page is open here. */
  readonly isViewing: boolean;
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
 * the reply is brought there, since it goes out from there, and the text may become a note.
 */
export function Composer(props: ComposerProps) {
  const { onSend, onSendNow, isViewing, onAddNote, isCollapsible, tools, children, onUndo } = props;
  const canSend = useConversation(selectCanSend);
  const delivers = useConversation(selectDelivers);
  const askToSend = useConversation((state) => state.askToSend);
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

  const sendingAs = composer.sending.kind === 'sending' ? composer.sending.as : null;
  const isSending = sendingAs !== null;
  const way = canSend ? 'send' : isViewing ? 'insert' : delivers.includes('draft') ? 'draft' : 'copy';
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
      <SendQuestion onSendNow={onSendNow} />
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
        {!canSend && delivers.includes('note') && (
          <Button icon={<NotebookPen aria-hidden />} disabled={isIdle} onClick={onAddNote}>
            {sendingAs === 'note' ? beside.adding : beside.addNote}
          </Button>
        )}
        {!canSend && delivers.includes('reply') && (
          <Button icon={<Send aria-hidden />} disabled={isIdle} onClick={() => askToSend(true)}>
            {sendingAs === 'reply' ? text.sending : beside.send}
          </Button>
        )}
        <Button
          type="submit"
          variant="primary"
          icon={ways[way].icon}
          keyHint="Ctrl ↵"
          aria-keyshortcuts="Control+Enter"
          disabled={isIdle}
        >
          {(sendingAs === 'draft' || canSend) && isSending ? ways[way].busy : ways[way].label}
        </Button>
      </div>
    </form>
  );
}

const ways = {
  send: { icon: <Send aria-hidden />, label: text.send, busy: text.sending },
  insert: { icon: <TextCursorInput aria-hidden />, label: beside.insertReply, busy: beside.insertReply },
  draft: { icon: <FilePen aria-hidden />, label: beside.saveDraft, busy: beside.savingDraft },
  copy: { icon: <Copy aria-hidden />, label: beside.copyReply, busy: beside.copyReply },
} as const;

/** What became of a text that was to go out: not taken, or, without an answer, nobody knows. */
function SendingFailed({ as, error }: { readonly as: SentAs; readonly error: AppError }) {
  const isUncertain = error.code === 'HELPDESK_WRITE_UNCERTAIN';
  const title = isUncertain ? uncertain[as] : refused[as];
  const { message, detail, next } = error;
  return (
    <p className="composer-error" role="alert">
      <strong>{title}:</strong> {[message, detail, next].filter(Boolean).join(' ')}
    </p>
  );
}

const refused: Record<SentAs, string> = {
  reply: text.notSent,
  draft: beside.draftNotSaved,
  note: beside.noteNotAdded,
};
const uncertain: Record<SentAs, string> = {
  reply: beside.uncertain,
  draft: beside.uncertain,
  note: beside.noteUncertain,
};

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
