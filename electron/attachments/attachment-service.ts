import type { AttachmentRef, ShownImage } from '../../shared/contracts/ipc/attachment.js';
import type { UsedFile } from '../../shared/domain/used-file.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { AttachedText } from '../agents/attached-text.js';
import { cutMiddle } from '../agents/context/cut-middle.js';
import { deadline, isTimeUp } from '../deadline.js';
import type { HelpdeskService } from '../helpdesk/helpdesk-service.js';
import type { Inbox } from '../helpdesk/inbox.js';
import { findFile } from './find-file.js';
import { imageHeadOf } from './image-size.js';
import { safeFileName } from './safe-file-name.js';
import type { KeptFile, UsedFileStore } from './used-file-store.js';
import { writeWhole } from './write-whole.js';

/** What was read from a file; `pages` is null where its kind has none. */
interface FileText {
  readonly text: string;
  readonly pages: number | null;
  /** Something in its middle was not read. */
  readonly isCut?: true;
}

export interface AttachmentServiceDeps {
  readonly inbox: Pick<Inbox, 'open'>;
  readonly fetchFile: HelpdeskService['attachment'];
  readonly store: UsedFileStore;
  /** Reads the text of a file; ends when the signal aborts. */
  readonly readText: (bytes: Uint8Array, name: string, signal: AbortSignal) => Promise<FileText>;
  readonly countTokens: (text: string) => number;
  readonly log: Logger;
  /** Longest time to read one file, in milliseconds. */
  readonly readLimitMs?: number;
}

/** The files of messages: shown, saved, or used as what the customer said, always because the rep asked. */
export interface AttachmentService {
  /** @throws AppErrorException ATTACHMENT_NO_IMAGE, ATTACHMENT_TOO_LARGE, ATTACHMENT_NOT_FOUND, HELPDESK_*. */
  show(ref: AttachmentRef): Promise<ShownImage>;
  /**
   * Writes the file where `choose` says; nothing is loaded before. @returns the path, null where nothing was chosen.
   * @throws AppErrorException ATTACHMENT_NOT_SAVED and those of {@link AttachmentService.show}.
   */
  save(ref: AttachmentRef, choose: (name: string) => Promise<string | null>): Promise<string | null>;
  /** Takes the text of a customer's file among what the customer said. @throws AppErrorException ATTACHMENT_*, HELPDESK_*. */
  use(ref: AttachmentRef): Promise<readonly UsedFile[]>;
  remove(ref: AttachmentRef): readonly UsedFile[];
  used(conversationId: string): readonly UsedFile[];
  /** What a run reads of them. */
  textsOf(conversationId: string): readonly AttachedText[];
  /** Told when the files of a conversation changed. Returns the function that stops listening. */
  onChanged(listener: (conversationId: string, files: readonly UsedFile[]) => void): () => void;
  /** Ends what is being loaded or read. */
  close(): void;
}

/** For what is opened here; a photo of a phone has 3 to 5 MB. */
const MAX_OPENED_BYTES = 5 * 1024 * 1024;
/** For what is only written to disk. */
const MAX_SAVED_BYTES = 50 * 1024 * 1024;
/** A page of a scanner has 9 million pixels, a phone's photo up to 50; each costs four bytes while it is shown. */
const MAX_PIXELS = 64_000_000;
const MAX_SIDE = 16_384;
/** For one file: some three pages. More would push out what answers it. */
const MAX_TOKENS = 2_000;
const MAX_FILES = 3;
const READ_LIMIT_MS = 20_000;

export function createAttachmentService(deps: AttachmentServiceDeps): AttachmentService {
  const { inbox, store, log, readLimitMs = READ_LIMIT_MS } = deps;
  const listeners = new Set<(conversationId: string, files: readonly UsedFile[]) => void>();
  const ended = new AbortController();

  const used = (conversationId: string): UsedFile[] =>
    store.list(conversationId).map(({ text: _, ...file }) => file);

  function changed(conversationId: string): UsedFile[] {
    const files = used(conversationId);
    for (const listener of listeners) listener(conversationId, files);
    return files;
  }

  async function load({ conversationId, attachmentId }: AttachmentRef, bytes: number | null, most: number) {
    if (bytes !== null && bytes > most) throw tooLarge(most);
    try {
      const file = await deps.fetchFile(conversationId, attachmentId, most, ended.signal);
      if (file.byteLength > most) throw tooLarge(most);
      return Buffer.from(file.buffer, file.byteOffset, file.byteLength);
    } catch (cause) {
      throw asFailureOfFile(cause, most);
    }
  }

  async function read(bytes: Buffer, name: string): Promise<FileText> {
    const limit = deadline(readLimitMs, ended.signal);
    try {
      return await deps.readText(bytes, name, limit.signal);
    } catch (cause) {
      throw isTimeUp(limit.signal)
        ? new AppErrorException('ATTACHMENT_TOO_SLOW', undefined, { cause })
        : cause;
    } finally {
      limit.clear();
    }
  }

  const isUsed = ({ conversationId, messageId, attachmentId }: AttachmentRef): boolean =>
    store
      .list(conversationId)
      .some((file) => file.messageId === messageId && file.attachmentId === attachmentId);

  function refuseMore({ conversationId }: AttachmentRef): void {
    if (store.list(conversationId).length >= MAX_FILES)
      throw new AppErrorException('ATTACHMENT_TOO_MANY', `${String(MAX_FILES)} files`);
  }

  function keep(conversationId: string, file: KeptFile): void {
    try {
      if (store.put(conversationId, file)) return;
    } catch (cause) {
      throw new AppErrorException('ATTACHMENT_NOT_KEPT', undefined, { cause });
    }
    throw new AppErrorException('HELPDESK_CONVERSATION_NOT_FOUND', conversationId);
  }

  return {
    async show(ref) {
      const { attachment } = await findFile(inbox, ref);
      const bytes = await load(ref, attachment.bytes, MAX_OPENED_BYTES);
      const head = imageHeadOf(bytes);
      if (!head) throw new AppErrorException('ATTACHMENT_NO_IMAGE');
      const { width, height, mediaType } = head;
      if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS)
        throw new AppErrorException('ATTACHMENT_TOO_LARGE', `${String(width)} by ${String(height)} pixels`);
      log.info('attachment.shown', { count: bytes.byteLength });
      return { source: `data:${mediaType};base64,${bytes.toString('base64')}`, width, height };
    },
    async save(ref, choose) {
      const { attachment } = await findFile(inbox, ref);
      if ((attachment.bytes ?? 0) > MAX_SAVED_BYTES) throw tooLarge(MAX_SAVED_BYTES);
      const path = await choose(safeFileName(attachment.name));
      if (path === null) return null;
      await writeWhole(path, await load(ref, attachment.bytes, MAX_SAVED_BYTES));
      log.info('attachment.saved');
      return path;
    },
    async use(ref) {
      const { attachment, isOfCustomer } = await findFile(inbox, ref);
      if (!isOfCustomer) throw new AppErrorException('ATTACHMENT_NOT_OF_CUSTOMER');
      const { conversationId, messageId, attachmentId } = ref;
      if (isUsed(ref)) return used(conversationId);
      refuseMore(ref);
      const bytes = await load(ref, attachment.bytes, MAX_OPENED_BYTES);
      const { text, pages, isCut } = await read(bytes, attachment.name);
      ended.signal.throwIfAborted();
      // Another file may have been used meanwhile.
      refuseMore(ref);
      const kept = cutMiddle(text, MAX_TOKENS, deps.countTokens);
      const file = {
        messageId,
        attachmentId,
        name: attachment.name,
        pages,
        wasCut: isCut === true || kept !== text,
      };
      keep(conversationId, { ...file, text: kept });
      log.info('attachment.used', { conversationId, count: kept.length });
      return changed(conversationId);
    },
    remove(ref) {
      const { conversationId, messageId, attachmentId } = ref;
      if (!isUsed(ref)) return used(conversationId);
      store.remove(conversationId, messageId, attachmentId);
      log.info('attachment.removed', { conversationId });
      return changed(conversationId);
    },
    used,
    textsOf: (conversationId) =>
      store.list(conversationId).map(({ messageId, name, text }) => ({ messageId, name, text })),
    onChanged(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      listeners.clear();
      ended.abort(new AppErrorException('SUGGESTION_CANCELLED'));
    },
  };
}

const tooLarge = (most: number): AppErrorException =>
  new AppErrorException('ATTACHMENT_TOO_LARGE', `more than ${String(most / 1024 / 1024)} MB`);

/** A helpdesk speaks of conversations; here the file is what is missing or too large. */
function asFailureOfFile(cause: unknown, most: number): unknown {
  if (!(cause instanceof AppErrorException)) return cause;
  const { code, detail = '' } = cause.error;
  if (code === 'HELPDESK_CONVERSATION_NOT_FOUND')
    return new AppErrorException('ATTACHMENT_NOT_FOUND', undefined, { cause });
  if (code === 'HELPDESK_ANSWER_UNREADABLE' && detail.startsWith('larger than')) return tooLarge(most);
  return cause;
}
