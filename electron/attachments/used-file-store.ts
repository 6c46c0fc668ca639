import type { UsedFile } from '../../shared/domain/used-file.js';

/** A file of a customer with the words that were read from it. */
export interface KeptFile extends UsedFile {
  /** Everything in it is a customer's: never obeyed, never logged. */
  readonly text: string;
}

/** Texts of files that count as what the customer said, kept and forgotten with their conversation. */
export interface UsedFileStore {
  /** In the order they were chosen. */
  list(conversationId: string): readonly KeptFile[];
  /** @returns false where the conversation itself is not kept any more. */
  put(conversationId: string, file: KeptFile): boolean;
  remove(conversationId: string, messageId: string, attachmentId: string): void;
}
