import { FEEDBACK_IDS } from '../../shared/contracts/hub/feedback.js';
import type { HubClient } from '../sync/hub-client.js';
import type { DeliveredStore } from './delivered-store.js';

/**
 * Asks a hub that lacks what it acknowledged which of all delivered events it lacks, and lets those wait again. All of them, since neither
 * the order of decisions nor a clock says which were acknowledged after a backup was taken. A kill in between costs nothing: the last
 * acknowledged event is forgotten at the end, so the hub is asked about it again.
 * @returns how many wait again.
 * @throws AppErrorException of `hub-errors.ts`.
 */
export async function sendLostAgain(
  client: Pick<HubClient, 'request'>,
  store: DeliveredStore,
  onWaiting: (ids: readonly string[]) => void,
  signal: AbortSignal,
): Promise<number> {
  let count = 0;
  let after = 0;
  for (;;) {
    const page = store.delivered(after, FEEDBACK_IDS);
    const last = page.at(-1);
    if (!last) break;
    const ids = page.map(({ id }) => id);
    const { missing } = await client.request('feedback.missing', { body: { ids } }, signal);
    const asked = new Set(ids);
    const waiting = store.letWait(missing.filter((id) => asked.has(id)));
    if (waiting.length > 0) onWaiting(waiting);
    count += waiting.length;
    after = last.sequence;
  }
  store.forgetLast();
  return count;
}
