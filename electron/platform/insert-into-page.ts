import type { InsertOutcome } from '../../shared/contracts/ipc/view.js';
import { isHeldIn } from './held-in-editor.js';

/** The page inside, as far as an insertion needs it. */
export interface PageToWriteIn {
  /** The address of the page that is shown now, not of one that is on its way. */
  readonly url: () => string;
  /** What stands in the field one writes into that has the focus; null where none has. */
  readonly editorText: () => Promise<string | null>;
  readonly write: (text: string) => Promise<void>;
}

/** A text for the page of one conversation. */
export interface ReplyToInsert {
  readonly conversationId: string;
  readonly text: string;
  /** Nothing is written where the field holds one of these texts: it was put there before. */
  readonly unlessHeld: readonly string[];
}

/**
 * Writes a text into the page where that shows the conversation the text is for: the rep may have gone on to another conversation while the page
 * stayed, and a reply in the wrong ticket goes to the wrong customer. A page that shows no conversation is none to write in.
 */
export async function insertIntoPage(
  page: PageToWriteIn,
  conversationOf: (url: string) => string | null,
  { conversationId, text, unlessHeld }: ReplyToInsert,
): Promise<InsertOutcome> {
  const isTheRightOne = (): boolean => conversationOf(page.url()) === conversationId;
  if (!isTheRightOne()) return 'other_conversation';
  const before = await page.editorText();
  if (before === null) return 'no_editor';
  // The page may have gone elsewhere while it was asked.
  if (!isTheRightOne()) return 'other_conversation';
  if (unlessHeld.some((one) => isHeldIn(before, one))) return 'already';
  await page.write(text);
  return 'inserted';
}
