import type { HelpdeskState } from '../../../shared/domain/helpdesk.js';
import { strings } from '../../app/strings.js';
import { roughDuration } from '../../ui/time.js';
import type { ConnectedHelpdesk } from './helpdesk-fields.js';

const text = strings.helpdesk;

export type ShownState = HelpdeskState['state'] | 'unknown';

export const stateOf = ({ state }: ConnectedHelpdesk): ShownState => state?.state ?? 'unknown';

/** How long until it is tried again, in words; null when that is now. */
export function restOf({ state }: ConnectedHelpdesk, now: Date): string | null {
  if (!state || state.retryAt === null) return null;
  const restMs = Date.parse(state.retryAt) - now.getTime();
  return restMs <= 0 ? null : roughDuration(restMs);
}

/** What needs the rep first. */
const urgency: readonly ShownState[] = ['refused', 'offline', 'unknown', 'polling', 'live'];

/** The line of the status bar: the one helpdesk, the one that needs the rep, or how many are well. Null without any. */
export function statusLine(
  helpdesks: readonly ConnectedHelpdesk[],
  now: Date,
): { readonly state: ShownState; readonly text: string } | null {
  const [worst] = [...helpdesks].sort((a, b) => urgency.indexOf(stateOf(a)) - urgency.indexOf(stateOf(b)));
  if (!worst) return null;
  const { name } = worst.connection;
  const state = stateOf(worst);
  const isWell = state === 'live' || state === 'polling';
  if (state === 'offline') return { state, text: text.status.offline(name, restOf(worst, now)) };
  if (isWell && helpdesks.length > 1) return { state, text: text.status.several(helpdesks.length) };
  return { state, text: text.status.one(name, state) };
}
