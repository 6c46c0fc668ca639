import { diffWordsWithSpace } from 'diff';

import { draftText } from '../../../shared/domain/draft-text.js';
import { strings } from '../../app/strings.js';
import { Section } from '../../ui/section.js';
import { WordDiff } from '../../ui/word-diff.js';
import type { Trial } from './playground-store.js';

const text = strings.playground;

/** What the lead's prompts change in the text, word by word; nothing until both are there. */
export function PlaygroundDiff({ before, after }: { readonly before: Trial; readonly after: Trial }) {
  const [old, fresh] = [textOf(before), textOf(after)];
  if (old === null || fresh === null) return null;
  const parts = diffWordsWithSpace(old, fresh).map(({ added, removed, value }) => ({
    kind: added ? ('added' as const) : removed ? ('removed' as const) : ('same' as const),
    text: value,
  }));
  return (
    <Section title={text.difference}>
      {old === fresh ? (
        <p className="lead-hint">{text.same}</p>
      ) : (
        <WordDiff
          label={text.difference}
          parts={parts}
          added={strings.lead.added}
          removed={strings.lead.removed}
        />
      )}
    </Section>
  );
}

function textOf(trial: Trial): string | null {
  if (trial.kind !== 'done') return null;
  const { suggestion } = trial.outcome;
  switch (suggestion.outcome) {
    case 'reply':
      return draftText(suggestion.draft.sentences);
    case 'escalated':
      return suggestion.handover.note;
    case 'withheld':
      return text.noText;
  }
}
