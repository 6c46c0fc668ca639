import { Hand } from 'lucide-react';

import type { Suggestion } from '../../../shared/domain/suggestion.js';
import { strings } from '../../app/strings.js';
import { Callout } from '../../ui/callout.js';

const text = strings.withheld;

/** Says why there is no reply; the closest passages follow below it. */
export function WithheldPanel({
  suggestion,
}: {
  readonly suggestion: Extract<Suggestion, { outcome: 'withheld' }>;
}) {
  const { reason, message } = suggestion;
  return (
    <Callout tone="accent" icon={<Hand aria-hidden />} title={text.title}>
      <p data-reason={reason}>{message || text.reason[reason]}</p>
    </Callout>
  );
}
