import { CircleAlert } from 'lucide-react';

import type { Critique, Support } from '../../../shared/domain/critique.js';
import type { DraftSentence } from '../../../shared/domain/draft.js';
import type { Suggestion } from '../../../shared/domain/suggestion.js';
import { strings } from '../../app/strings.js';
import { Callout } from '../../ui/callout.js';
import { Chip } from '../../ui/chip.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Problem } from './loaded-view.js';
import type { Trial } from './playground-store.js';

const text = strings.playground;

/** What one version of the prompts came to: the reply with its verdicts, or why there is none. */
export function PlaygroundSide({ trial }: { readonly trial: Trial }) {
  switch (trial.kind) {
    case 'none':
      return <p className="lead-hint">{text.notRun}</p>;
    case 'running':
      return (
        <div role="group" aria-busy="true" aria-label={text.running}>
          <Skeleton widths={[90, 70, 80]} />
        </div>
      );
    case 'failed':
      return <Problem error={trial.error} />;
    case 'done': {
      const { suggestion, end } = trial.outcome;
      return (
        <div className="playground-side">
          {end && (
            <Callout tone="warn" icon={<CircleAlert aria-hidden />} title={text.wouldNotShow}>
              {end.message}
            </Callout>
          )}
          <Outcome suggestion={suggestion} />
          <Figures suggestion={suggestion} />
          {suggestion.degradations.map(({ stage, code, message }) => (
            <p key={`${stage} ${code}`} className="lead-hint">
              {message}
            </p>
          ))}
        </div>
      );
    }
  }
}

function Outcome({ suggestion }: { readonly suggestion: Suggestion }) {
  switch (suggestion.outcome) {
    case 'reply':
      return <Sentences sentences={suggestion.draft.sentences} critique={suggestion.critique} />;
    case 'escalated':
      return (
        <p className="playground-reply" dir="auto">
          {suggestion.handover.note}
        </p>
      );
    case 'withheld':
      return <p className="lead-hint">{suggestion.message}</p>;
  }
}

function Sentences({
  sentences,
  critique,
}: {
  readonly sentences: readonly DraftSentence[];
  readonly critique: Critique;
}) {
  const supportOf = (id: string): Support =>
    critique.sentences.find(({ sentenceId }) => sentenceId === id)?.support ?? 'not_needed';
  return (
    <ol className="playground-sentences">
      {sentences.map(({ id, text: words }) => {
        const support = supportOf(id);
        return (
          <li key={id} data-support={support} dir="auto">
            {words}
            {support !== 'not_needed' && <span className="playground-support">{text.support[support]}</span>}
          </li>
        );
      })}
    </ol>
  );
}

function Figures({ suggestion }: { readonly suggestion: Suggestion }) {
  const { intent, modelUse, totalMs } = suggestion;
  const claims =
    suggestion.outcome === 'reply'
      ? suggestion.critique.sentences.filter(({ support }) => support !== 'not_needed')
      : [];
  const costs = modelUse.map(({ usage }) => usage.costMicros);
  const known = costs.filter((cost) => cost !== null);
  const supported = claims.filter(({ support }) => support === 'supported').length;
  return (
    <p className="playground-figures">
      <Chip prefix={text.intent}>{intent.name}</Chip>
      <span>{text.figures(supported, claims.length, (totalMs / 1000).toFixed(1))}</span>
      {costs.length > 0 && known.length === costs.length && (
        <span>{text.cost((known.reduce((sum, cost) => sum + cost, 0) / 1e6).toFixed(4))}</span>
      )}
    </p>
  );
}
