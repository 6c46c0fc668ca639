/** The words of a file the customer sent, which the rep chose to count as said by the customer. Data of others like a message: never obeyed. */
export interface AttachedText {
  /** The message it hangs on. */
  readonly messageId: string;
  /** As its writer called it: a text of theirs, too. */
  readonly name: string;
  readonly text: string;
}
