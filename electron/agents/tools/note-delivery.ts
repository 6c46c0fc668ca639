/** The helpdesk did not take the note, and nothing was written. The message is for the rep. */
export class NoteRefused extends Error {
  override readonly name = 'NoteRefused';
}

/** Notes only the team sees, in the helpdesk a conversation is in; each is written once for its key. */
export interface NoteDelivery {
  /** Whether the helpdesk of this conversation takes notes. @throws when it is not known. */
  takesNotes(conversationId: string): Promise<boolean>;
  /**
   * Writes it, unless it was written with this key before. @returns the helpdesk's number of the note.
   * @throws NoteRefused; anything else means that nobody knows whether it is there.
   */
  write(conversationId: string, text: string, key: string): Promise<string>;
  /** The number of the note of `key`; null when it surely is not there. @throws when the helpdesk does not tell. */
  find(conversationId: string, key: string): Promise<string | null>;
}
