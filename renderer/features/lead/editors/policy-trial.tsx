import type { ToolPolicy } from '../../../../shared/domain/tool-policy.js';
import { strings } from '../../../app/strings.js';
import { NumberField } from '../../../ui/field.js';
import { problemsOf, tidied } from '../check-item.js';
import { isSameContent } from '../items.js';
import { useTrial } from '../lead-stores.js';
import { TrialFacts, TrialFrame } from './trial-frame.js';

const text = strings.leadEditor.trial;

/** What the rules and limits in the form would say about a change in a conversation. Nothing is changed. */
export function PolicyTrialView({ policy }: { readonly policy: ToolPolicy }) {
  const { outcome, amount } = useTrial((state) => state);
  const choose = useTrial((state) => state.choose);
  const tryPolicy = useTrial((state) => state.tryPolicy);
  const content = tidied({ kind: 'policy', policy });
  const whole = content.kind === 'policy' ? content.policy : policy;
  const isWhole = Object.keys(problemsOf(content)).length === 0;
  const shown = outcome.kind === 'policy' && isSameContent(outcome.of, whole) ? outcome.outcome : null;
  return (
    <TrialFrame
      isWhole={isWhole}
      onTry={() => tryPolicy(whole)}
      fields={
        <NumberField
          label={text.amount}
          min={0}
          value={amount}
          onChange={(typed) => choose({ amount: typed })}
        />
      }
    >
      {shown?.kind === 'untried' && <p>{shown.message}</p>}
      {shown?.kind === 'tried' && (
        <>
          <p dir="auto">{shown.effect}</p>
          {shown.findings.every(({ effect }) => effect === 'passes') && <p>{text.allKept}</p>}
          <ul className="action-rules" aria-label={text.rules}>
            {shown.findings.map(({ rule, message, effect, source }) => (
              <li key={rule} data-effect={effect}>
                <strong>{strings.changes.ruleEffect[effect]}:</strong> {message}
                {source && ` ${strings.changes.from(source.title)}`}
              </li>
            ))}
          </ul>
          <TrialFacts facts={shown.facts} />
        </>
      )}
    </TrialFrame>
  );
}
