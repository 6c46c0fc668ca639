import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { FeedbackGroup } from '../../shared/contracts/hub/feedback.js';
import type { RouteOutput, RouteParsed } from '../../shared/contracts/ipc/index.js';
import type { InboxFilter } from '../../shared/contracts/ipc/lead.js';
import type { ReceivedFeedback } from '../../shared/domain/feedback-event.js';
import type { SegmentKey } from '../../shared/domain/release.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { joinedHub, type HubNow } from './lead-hub.js';

const PAGE = 50;

export interface FeedbackInbox {
  /** Newest first, a page at a time. */
  list(filter: InboxFilter, before: string | null): Promise<RouteOutput<'lead.feedback'>>;
  groups(by: 'article' | 'intent' | 'prompt'): Promise<FeedbackGroup[]>;
  /** Answers feedback; the note goes to the rep who gave it. */
  resolve(id: string, note: string, draftKey: SegmentKey | null): Promise<ReceivedFeedback>;
  /** @throws AppErrorException FEEDBACK_NOT_EXPORTED; a file that was there before stays as it was. */
  export(options: RouteParsed<'lead.export_feedback'>, file: string): Promise<void>;
}

export function createFeedbackInbox(hub: HubNow): FeedbackInbox {
  return {
    list(filter, before) {
      const query = { ...filter, limit: PAGE, ...(before === null ? {} : { before }) };
      return joinedHub(hub).request('feedback.inbox', { query });
    },
    groups: async (by) => (await joinedHub(hub).request('feedback.groups', { query: { by } })).groups,
    resolve: (id, note, draftKey) =>
      joinedHub(hub).request('feedback.resolve', { params: { id }, body: { note, draftKey } }),
    async export({ format, redact }, file) {
      const query = { format, redact };
      await writeWhole(await joinedHub(hub).receive('feedback.export', { query }), file);
    },
  };
}

async function writeWhole(chunks: AsyncIterable<Uint8Array>, file: string): Promise<void> {
  const unfinished = `${file}.${String(process.pid)}.new`;
  try {
    await pipeline(Readable.from(chunks), createWriteStream(unfinished, { mode: 0o600, flush: true }));
    await rename(unfinished, file);
  } catch (cause) {
    await rm(unfinished, { force: true });
    if (cause instanceof Error && 'syscall' in cause)
      throw new AppErrorException('FEEDBACK_NOT_EXPORTED', cause.message, { cause });
    throw cause;
  }
}
