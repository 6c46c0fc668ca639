import type { Rollout } from '../../../shared/domain/rollout.js';
import { strings } from '../../app/strings.js';

const text = strings.lead.rollout;

/** Who gets which release, in one sentence. */
export function rolloutWords(rollout: Rollout): string {
  switch (rollout.kind) {
    case 'none':
      return text.none;
    case 'all':
      return text.all(rollout.release);
    case 'canary':
      return text.canary(rollout.percent, rollout.canary, rollout.stable, rollout.pilots.length);
    case 'ab':
      return text.ab(rollout.percentB, rollout.a, rollout.b);
  }
}
