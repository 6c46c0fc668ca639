import { Gauge, ShieldAlert, TriangleAlert } from 'lucide-react';

import type { Degradation, Warning, WarningCode } from '../../../shared/domain/suggestion.js';
import { strings } from '../../app/strings.js';
import { Callout } from '../../ui/callout.js';

const text = strings.card;

/** Warnings about which a mistake would harm somebody; the others only ask for care. */
const grave: ReadonlySet<WarningCode> = new Set([
  'prompt_injection',
  'instructions_in_article',
  'instructions_in_record',
  'order_of_other_customer',
]);

interface WarningListProps {
  readonly warnings: readonly Warning[];
  readonly degradations: readonly Degradation[];
}

/** What the rep must know before using the card, and which stage could not do its whole job. */
export function WarningList({ warnings, degradations }: WarningListProps) {
  if (warnings.length + degradations.length === 0) return null;
  return (
    <ul className="warnings" aria-label={text.warnings}>
      {warnings.map(({ code, message }) => (
        <li key={`${code} ${message}`} data-code={code}>
          <Callout
            tone={grave.has(code) ? 'bad' : 'warn'}
            icon={grave.has(code) ? <ShieldAlert aria-hidden /> : <TriangleAlert aria-hidden />}
            title={text.warning[code]}
          >
            <p>{message}</p>
          </Callout>
        </li>
      ))}
      {degradations.map(({ stage, code, message }) => (
        <li key={`${stage} ${code}`} data-code={code}>
          <Callout
            tone="neutral"
            icon={<Gauge aria-hidden />}
            title={`${text.degraded}: ${strings.stages.name[stage]}`}
          >
            <p>{message}</p>
          </Callout>
        </li>
      ))}
    </ul>
  );
}
