import type { Inbox } from './helpdesk/inbox.js';
import { NoteRefused, type NoteDelivery } from './agents/tools/note-delivery.js';
import { AppErrorException } from '../shared/errors/app-error.js';

/** After these nobody knows whether it was written. */
const UNKNOWN: ReadonlySet<string> = new Set([
  'HELPDESK_WRITE_UNCERTAIN',
  'HELPDESK_UNREACHABLE',
  'HELPDESK_ANSWER_UNREADABLE',
]);

/** Notes of actions, written by the same way as those of the composer: once, and read back where no answer came. */
export function composeNotes(inbox: () => Pick<Inbox, 'open' | 'addNoteOnce' | 'findNote'>): NoteDelivery {
  return {
    async takesNotes(conversationId) {
      const { delivers } = await inbox().open(conversationId);
      // The demo has no list: it takes notes.
      return delivers?.includes('note') ?? true;
    },
    async write(conversationId, text, key) {
      try {
        return await inbox().addNoteOnce(conversationId, text, key);
      } catch (error) {
        if (error instanceof AppErrorException && !UNKNOWN.has(error.error.code))
          throw new NoteRefused(`${error.error.message} ${error.error.next}`);
        throw error;
      }
    },
    find: (conversationId, key) => inbox().findNote(conversationId, key),
  };
}
