import { useEffect, useRef } from 'react';

import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { TextField } from '../../ui/field.js';
import { useGoTo, type GoToOutcome } from './go-to-store.js';
import './helpdesk.css';
import { useHelpdesk } from './helpdesk-store.js';

const text = strings.helpdesk.goTo;
/** What the helpdesk's subject tags and numbers look like; an address never does. */
const NUMBER = /^[\s[#]*[^/]*\d+\s*\]?\s*$/u;

interface GoToDialogProps {
  readonly onFound: (conversationId: string) => void;
  readonly onClose: () => void;
}

/** One line for an address or a number; Enter opens what it stands for. */
export function GoToDialog({ onFound, onClose }: GoToDialogProps) {
  const typed = useGoTo((state) => state.text);
  const outcome = useGoTo((state) => state.outcome);
  const type = useGoTo((state) => state.type);
  const find = useGoTo((state) => state.find);
  const leave = useGoTo((state) => state.leave);
  const connected = useHelpdesk(({ view }) => view?.helpdesks.length ?? 0);
  const field = useRef<HTMLElement>(null);
  useEffect(() => leave, [leave]);
  const isLooking = outcome.kind === 'looking';
  const problem = problemOf(outcome, typed, connected);
  return (
    <Dialog title={text.title} closeLabel={strings.app.close} initialFocus={field} onClose={onClose}>
      <form
        ref={(form) => {
          field.current = form?.querySelector('input') ?? null;
        }}
        className="helpdesk"
        aria-label={text.title}
        aria-busy={isLooking}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void find().then((id) => id !== null && onFound(id));
        }}
      >
        <TextField
          label={text.field}
          hint={text.hint}
          value={typed}
          problem={problem ?? undefined}
          maxLength={4000}
          onChange={type}
        />
        <div className="visually-hidden" role="status">
          {problem}
        </div>
        <div className="helpdesk-foot">
          <Button type="submit" variant="primary" keyHint="↵" aria-disabled={isLooking}>
            {isLooking ? text.going : text.go}
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
      return connected > 1 && NUMBER.test(typed) ? text.number : text.nothing;
    case 'failed':
      return `${outcome.error.message} ${outcome.error.next}`;
  }
}
