import { HEARTBEAT_SECONDS, type HubEvent } from '../../shared/contracts/hub/events.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { Principal } from '../http/principal.js';
import type { HubDatabase } from '../storage/hub-database.js';
import { Announcement, CHANNEL } from './announce.js';

/** The part of an HTTP answer a stream writes to. */
export interface StreamSink {
  readonly writableLength: number;
  write(text: string): unknown;
  end(): unknown;
  destroy(): unknown;
}

/** A device that does not read for so many bytes is gone, or will ask again. */
const MOST_UNREAD = 64 * 1024;
/** Devices that slept leave half-open connections behind; the oldest make room. */
const MOST_PER_MEMBER = 10;

interface Stream {
  readonly principal: Principal;
  readonly sink: StreamSink;
}

/** The server-sent event streams of one copy of the hub. What one copy announces, the streams of all copies tell. */
export class EventStreams {
  readonly #log: Logger;
  readonly #byWorkspace = new Map<string, Set<Stream>>();
  #stopListening: (() => Promise<void>) | null = null;
  #heartbeat: NodeJS.Timeout | null = null;
  #count = 0;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Streams that are open. */
  get count(): number {
    return this.#count;
  }

  /** @throws AppErrorException HUB_STORE_UNAVAILABLE. */
  async start(database: HubDatabase): Promise<void> {
    this.#stopListening = await database.listen(
      CHANNEL,
      (payload) => this.#hear(payload),
      // Whoever was revoked meanwhile is told when it connects again, and the others ask what is new.
      () => this.endAll(),
    );
    this.#heartbeat = setInterval(
      () => this.#all((stream) => this.#write(stream, ': \n\n')),
      HEARTBEAT_SECONDS * 1000,
    );
    this.#heartbeat.unref();
  }

  /** @returns how to take the stream out when its connection is gone. */
  open(principal: Principal, sink: StreamSink): () => void {
    const { workspaceId, memberId } = principal;
    const streams = this.#byWorkspace.get(workspaceId) ?? new Set();
    this.#byWorkspace.set(workspaceId, streams);
    const own = [...streams].filter((stream) => memberId !== null && stream.principal.memberId === memberId);
    if (own[0] && own.length >= MOST_PER_MEMBER) this.#end(own[0]);
    const stream = { principal, sink };
    streams.add(stream);
    this.#count++;
    this.#write(stream, ': hello\n\n');
    return () => this.#remove(stream);
  }

  endAll(): void {
    this.#all((stream) => this.#end(stream));
  }

  async close(): Promise<void> {
    if (this.#heartbeat) clearInterval(this.#heartbeat);
    this.endAll();
    await this.#stopListening?.().catch(() => undefined);
  }

  #hear(payload: string): void {
    let announcement: Announcement;
    try {
      announcement = Announcement.parse(JSON.parse(payload));
    } catch {
      // A newer copy may announce what this one does not know yet.
      this.#log.warn('events.unknown');
      return;
    }
    const { workspaceId, event } = announcement;
    const text = `event: ${event.name}\ndata: ${JSON.stringify(event)}\n\n`;
    for (const stream of [...(this.#byWorkspace.get(workspaceId) ?? [])]) {
      if (!concerns(event, stream.principal)) continue;
      this.#write(stream, text);
      // Role and session were checked when it was opened: it has to be opened again.
      if (event.name === 'member_changed') this.#end(stream);
    }
  }

  #write(stream: Stream, text: string): void {
    if (stream.sink.writableLength > MOST_UNREAD) {
      this.#remove(stream);
      stream.sink.destroy();
    } else stream.sink.write(text);
  }

  #end(stream: Stream): void {
    this.#remove(stream);
    stream.sink.end();
  }

  #remove(stream: Stream): void {
    const { workspaceId } = stream.principal;
    const streams = this.#byWorkspace.get(workspaceId);
    if (!streams?.delete(stream)) return;
    this.#count--;
    if (streams.size === 0) this.#byWorkspace.delete(workspaceId);
  }

  #all(work: (stream: Stream) => void): void {
    for (const streams of [...this.#byWorkspace.values()]) for (const stream of [...streams]) work(stream);
  }
}

/** Whether a device is told: news of members only to themselves, of draft and inbox to those who may see them. */
function concerns(event: HubEvent, { memberId, role }: Principal): boolean {
  switch (event.name) {
    case 'assignment_changed':
      return true;
    case 'feedback_resolved':
    case 'approval_decided':
    case 'member_changed':
      return event.memberId === memberId;
    case 'draft_changed':
    case 'feedback_received':
    case 'approval_asked':
      return role !== 'rep';
  }
}
