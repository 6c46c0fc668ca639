import type { HubClient } from '../sync/hub-client.js';
import type { OutboxStore } from './outbox-store.js';

/**
 * Fetches leads' answers from where the last time ended, page by page, and keeps each page before the next is asked for. An answer to a
 * decision that is not here (another device of the same member) is passed over.
 * @param onNotes told of decisions whose note is new or another.
 * @returns false where the hub lacks what it acknowledged last.
 * @throws AppErrorException of `hub-errors.ts`; the pages before it are kept.
 */
export async function fetchNotes(
  client: Pick<HubClient, 'request'>,
  store: Pick<OutboxStore, 'notesCursor' | 'keepNotes' | 'lastAcknowledged'>,
  onNotes: (ids: readonly string[]) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const last = store.lastAcknowledged();
  for (;;) {
    const after = store.notesCursor();
    const query = { after, ...(last === null ? {} : { lastAcknowledged: last }) };
    const { notes, cursor, hasLast } = await client.request('feedback.notes', { query }, signal);
    const changed = store.keepNotes(notes, cursor);
    if (changed.length > 0) onNotes(changed);
    // A cursor that stands still would ask for the same page without end.
    if (notes.length === 0 || cursor <= after) return hasLast;
  }
}
