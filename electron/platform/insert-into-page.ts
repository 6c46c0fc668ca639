/** What became of a text that was to go into the page of the helpdesk. */
export type InsertOutcome = 'inserted' | 'no_editor' | 'other_conversation';

/** The page inside, as far as an insertion needs it. */
export interface PageToWriteIn {
  /** The address of the page that is shown now, not of one that is on its way. */
  readonly url: () => string;
  /** Whether a field one writes into has the focus. */
  readonly hasEditor: () => Promise<boolean>;
  readonly write: (text: string) => Promise<void>;
}

/**
 * Writes a text into the page where that shows the conversation the text is for: the rep may have gone on to another conversation while the page
 * stayed, and a reply in the wrong ticket goes to the wrong customer. A page that shows no conversation is none to write in.
 */
export async function insertIntoPage(
  page: PageToWriteIn,
  conversationOf: (url: string) => string | null,
  reply: { readonly conversationId: string; readonly text: string },
): Promise<InsertOutcome> {
  const isTheRightOne = (): boolean => conversationOf(page.url()) === reply.conversationId;
  if (!isTheRightOne()) return 'other_conversation';
  if (!(await page.hasEditor())) return 'no_editor';
  // The page may have gone elsewhere while it was asked.
  if (!isTheRightOne()) return 'other_conversation';
  await page.write(reply.text);
  return 'inserted';
}
