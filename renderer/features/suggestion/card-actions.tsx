import {
  Copy,
  CornerDownLeft,
  MessageCircleQuestion,
  Pencil,
  Square,
  StickyNote,
  ThumbsDown,
} from 'lucide-react';

import { assertNever } from '../../../shared/lib/assert-never.js';
import type { Suggestion } from '../../../shared/domain/suggestion.js';
import { strings } from '../../app/strings.js';
import { Button, IconButton } from '../../ui/button.js';
import { AlternativesMenu } from './alternatives-menu.js';
import type { CardHandlers } from './card-handlers.js';
import type { Decision } from './card-state.js';
import { insertableText } from './card-view.js';
import { RewriteMenu } from './rewrite-menu.js';
import { useSuggestion } from './suggestion-store.js';

const text = strings.actions;

interface CardActionsProps {
  /** Null while the suggestion is on its way. */
  readonly suggestion: Suggestion | null;
  readonly decision: Decision | null;
  readonly handlers: CardHandlers;
}

/** The rep's decisions, each with its key. */
export function CardActions({ suggestion, decision, handlers }: CardActionsProps) {
  const isRewriteOpen = useSuggestion((state) => state.isRewriteOpen);
  const openRewrite = useSuggestion((state) => state.openRewrite);
  const isEscalated = suggestion?.outcome === 'escalated';
  const canInsert = suggestion !== null && insertableText(suggestion) !== null;
  return (
    <footer className="card-foot" data-outcome={suggestion?.outcome}>
      {decision && <p className="card-decision">{decisionText(decision)}</p>}
      <div className="card-actions" role="group" aria-label={text.title}>
        {isEscalated && (
          <>
            <Button
              variant="primary"
              icon={<StickyNote aria-hidden />}
              keyHint="⇧H"
              onClick={handlers.addNote}
            >
              {text.addNote}
            </Button>
            <IconButton
              label={text.copyNote}
              keyHint="H"
              showKey
              icon={<Copy aria-hidden />}
              onClick={handlers.copyNote}
            />
          </>
        )}
        {suggestion?.outcome === 'withheld' && suggestion.question && (
          <Button
            variant="primary"
            icon={<MessageCircleQuestion aria-hidden />}
            keyHint="Q"
            aria-keyshortcuts="q"
            onClick={handlers.askCustomer}
          >
            {text.ask}
          </Button>
        )}
        {suggestion?.outcome !== 'withheld' && (
          <>
            <Button
              variant={isEscalated ? 'plain' : 'primary'}
              icon={<CornerDownLeft aria-hidden />}
              keyHint="I"
              aria-keyshortcuts="i"
              disabled={!canInsert}
              onClick={handlers.insert}
            >
              {text.insert}
            </Button>
            {!isEscalated && (
              <>
                <Button
                  icon={<Pencil aria-hidden />}
                  keyHint="E"
                  aria-keyshortcuts="e"
                  disabled={!canInsert}
                  onClick={handlers.edit}
                >
                  {text.edit}
                </Button>
                <IconButton
                  label={text.copy}
                  keyHint="C"
                  showKey
                  aria-keyshortcuts="c"
                  icon={<Copy aria-hidden />}
                  disabled={!canInsert}
                  onClick={handlers.copy}
                />
              </>
            )}
          </>
        )}
        <span className="card-actions-gap" />
        {suggestion === null && (
          <IconButton
            className="button card-stop"
            label={text.stop}
            icon={<Square aria-hidden />}
            onClick={handlers.stop}
          />
        )}
        {suggestion?.outcome === 'reply' && (
          <RewriteMenu
            label={strings.rewrite.label}
            keyHint="M"
            showsKey
            shortcut="m"
            customerLanguage={suggestion.intent.language}
            offersEnglish={false}
            shortensLocally
            isDisabled={false}
            isOpen={isRewriteOpen}
            onOpenChange={(isOpen) => void openRewrite(isOpen)}
            onRewrite={handlers.rewrite}
          />
        )}
        <AlternativesMenu isDisabled={suggestion === null} handlers={handlers} />
        <IconButton
          label={text.reject}
          keyHint="R"
          showKey
          aria-keyshortcuts="r"
          aria-haspopup="dialog"
          icon={<ThumbsDown aria-hidden />}
          disabled={suggestion === null}
          onClick={handlers.reject}
        />
      </div>
    </footer>
  );
}

function decisionText(decision: Decision): string {
  const { action, reason } = strings.feedback;
  switch (decision.kind) {
    case 'inserted':
      return action.inserted;
    case 'copied':
      return action.copied;
    case 'sent':
      return strings.notice.sent;
    case 'rejected':
      return `${action.rejected}: ${reason[decision.reason]}`;
    default:
      return assertNever(decision, 'decision');
  }
}
