import { useEffect, useRef } from 'react';

import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { AreaField } from '../../ui/field.js';
import { isNumber, isThread, useGoTo, type GoToOutcome } from './go-to-store.js';
import './helpdesk.css';
import { useHelpdesk } from './helpdesk-store.js';

const text = strings.helpdesk.goTo;
/** Lines of a copied thread that are seen at once. */
const MOST_ROWS = 12;

interface GoToDialogProps {
  readonly onFound: (conversationId: string) => void;
  readonly onClose: () => void;
}

/** A place for an address, a number or a whole thread; Enter opens what it stands for, or the thread itself. */
export function GoToDialog({ onFound, onClose }: GoToDialogProps) {
  const typed = useGoTo((state) => state.text);
  const outcome = useGoTo((state) => state.outcome);
  const type = useGoTo((state) => state.type);
  const find = useGoTo((state) => state.find);
  const paste = useGoTo((state) => state.paste);
  const leave = useGoTo((state) => state.leave);
  const connected = useHelpdesk(({ view }) => view?.helpdesks.length ?? 0);
  const field = useRef<HTMLElement>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => leave, [leave]);
  const isLooking = outcome.kind === 'looking';
  const canPaste = outcome.kind === 'nothing' && isThread(typed);
  const problem = canPaste ? null : problemOf(outcome, typed, connected);
  return (
    <Dialog title={text.title} closeLabel={strings.app.close} initialFocus={field} onClose={onClose}>
      <form
        ref={(element) => {
          form.current = element;
          field.current = element?.querySelector('textarea') ?? null;
        }}
        className="helpdesk"
        aria-label={text.title}
        aria-busy={isLooking}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void (canPaste ? paste() : find()).then((id) => id !== null && onFound(id));
        }}
      >
        <AreaField
          label={text.field}
          hint={canPaste ? text.thread : text.hint}
          value={typed}
          problem={problem ?? undefined}
          rows={Math.min(MOST_ROWS, typed.split('\n', MOST_ROWS).length)}
          maxLength={200_000}
          onChange={type}
          onEnter={() => form.current?.requestSubmit()}
        />
        <div className="visually-hidden" role="status">
          {canPaste ? text.thread : problem}
        </div>
        <div className="helpdesk-foot">
          <Button type="submit" variant="primary" keyHint="↵" aria-disabled={isLooking}>
            {isLooking ? text.going : canPaste ? text.paste : text.go}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function problemOf(outcome: GoToOutcome, typed: string, connected: number): string | null {
  switch (outcome.kind) {
    case 'none':
    case 'looking':
      return null;
    case 'empty':
      return text.empty;
    case 'nothing':
      if (connected === 0) return text.none;
      return connected > 1 && isNumber(typed) ? text.number : text.nothing;
    case 'failed':
      return `${outcome.error.message} ${outcome.error.next}`;
  }
}
