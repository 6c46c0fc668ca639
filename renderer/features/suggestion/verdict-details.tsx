import { BookOpen, Check, Scissors } from 'lucide-react';

import type { SentenceCritique } from '../../../shared/domain/critique.js';
import type { Citation, DraftSentence } from '../../../shared/domain/draft.js';
import type { Evidence } from '../../../shared/domain/evidence.js';
import type { ToolCall } from '../../../shared/domain/tool-call.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { DecidingSource } from './deciding-source.js';
import { fixOf } from './findings.js';
import { MarkedWords, wordsOf } from './marked-words.js';

const text = strings.verdict;

export interface VerdictDetailsProps {
  readonly sentence: DraftSentence;
  readonly verdict: SentenceCritique;
  readonly evidence: readonly Evidence[];
  readonly toolCalls: readonly ToolCall[];
  readonly onOpenCitation: (citation: Citation) => void;
  readonly onTakeFix: () => void;
  readonly onTakeOut: () => void;
}

/** Why a sentence has its verdict, what decided it, and what can be done: each with a key. */
export function VerdictDetails(props: VerdictDetailsProps) {
  const { sentence, verdict, evidence, toolCalls, onOpenCitation, onTakeFix, onTakeOut } = props;
  const { support, issues, decidedBy, through } = verdict;
  const isUnread = support === 'weak' && issues.every(({ kind }) => kind === 'other_language');
  const isCarried = support === 'supported' && through?.kind === 'original';
  const meaning = isCarried ? text.carried : isUnread ? text.unread : text.meaning[support];
  const words = wordsOf(issues);
  const fix = fixOf(verdict);
  const opened = decidedBy && decidedBy.kind !== 'macro' ? decidedBy : null;
  const open = (): void => {
    if (opened) onOpenCitation(opened);
  };
  const keys: Record<string, () => void> = { x: onTakeOut };
  if (fix !== null) keys['f'] = onTakeFix;
  if (opened) keys['o'] = open;
  return (
    // The keys belong to the verdict as a whole, not to one of its buttons.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className="verdict"
      onKeyDown={(event) => {
        if (!event.repeat && !event.ctrlKey && !event.metaKey && !event.altKey)
          keys[event.key.toLowerCase()]?.();
      }}
    >
      <p className="popover-title">{strings.reply.support[support]}</p>
      <p className="popover-note">{meaning}</p>
      {issues.length > 0 && (
        <ul className="verdict-findings">
          {issues.map(({ kind, message }) => (
            <li key={`${kind} ${message}`} data-finding={kind}>
              <strong>{text.finding[kind]}</strong> {message}
            </li>
          ))}
        </ul>
      )}
      {words.length > 0 && (
        <blockquote className="verdict-sentence" aria-label={text.inSentence} dir="auto">
          <MarkedWords text={sentence.text} spans={words} />
        </blockquote>
      )}
      {through && (
        <>
          <p className="verdict-label">{text.through[through.kind]}</p>
          <blockquote className="verdict-through" dir="auto">
            {through.text}
          </blockquote>
        </>
      )}
      {decidedBy && (
        <>
          <p className="verdict-label">{text.decidedBy}</p>
          <DecidingSource citation={decidedBy} evidence={evidence} toolCalls={toolCalls} />
        </>
      )}
      {fix !== null && fix !== '' && (
        <>
          <p className="verdict-label">{text.wouldBe}</p>
          <p className="verdict-fix" dir="auto">
            {fix}
          </p>
        </>
      )}
      <div className="verdict-foot">
        {opened && (
          <Button variant="quiet" icon={<BookOpen aria-hidden />} keyHint="O" onClick={open}>
            {text.openSource}
          </Button>
        )}
        <Button variant="quiet" icon={<Scissors aria-hidden />} keyHint="X" onClick={onTakeOut}>
          {text.takeOut}
        </Button>
        {fix !== null && fix !== '' && (
          <Button variant="primary" icon={<Check aria-hidden />} keyHint="F" onClick={onTakeFix}>
            {text.takeFix}
          </Button>
        )}
      </div>
    </div>
  );
}
