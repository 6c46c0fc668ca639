import { useState } from 'react';

import type { GuardrailRule } from '../../../../shared/domain/guardrail-rule.js';
import { matchRules } from '../../../../shared/guardrails/match-rules.js';
import { strings } from '../../../app/strings.js';
import { TextField } from '../../../ui/field.js';

const text = strings.leadEditor.guardrailRules;

/** A sentence to try the rules on, as they stand in the form; nothing is saved. */
export function RuleTrial({ rules }: { readonly rules: readonly GuardrailRule[] }) {
  const [sentence, setSentence] = useState('');
  const hits = (['reply', 'customer'] as const).flatMap((side) => matchRules(sentence, rules, side));
  return (
    <>
      <TextField label={text.trial} value={sentence} onChange={setSentence} />
      {sentence.trim() !== '' && (
        <ul className="lead-trial" role="status">
          {hits.length === 0 && <li>{text.noHit}</li>}
          {hits.map(({ rule, words }) => (
            <li key={rule.id}>
              {text.hit(rule.title, text.sides[rule.appliesTo], text.effects[rule.effect])}{' '}
              <mark>{sentence.slice(words.start, words.end)}</mark>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
