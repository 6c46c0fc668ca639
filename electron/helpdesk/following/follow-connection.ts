import type { HelpdeskState } from '../../../shared/domain/helpdesk.js';
import { conversationIdOf } from '../../../shared/domain/helpdesk-ref.js';
import { errorCodeOf } from '../../../shared/errors/app-error.js';
import type { Logger } from '../../../shared/lib/logger.js';
import type { HelpdeskConnector, HelpdeskMessage, HelpdeskThread } from '../connectors/connector.js';
import { HelpdeskFailure } from '../connectors/helpdesk-failure.js';
import { LIST_POLL_MS, nextLookMs, PUSHED_POLL_MS, retryMs } from './follow-schedule.js';
import { createPause, type Pause } from './pause.js';
import { createReadNews, isGone } from './read-news.js';
import { createSecondLook } from './second-look.js';
import type { ThreadStore } from './thread-store.js';

export interface FollowConnectionDeps {
  readonly connector: HelpdeskConnector;
  readonly store: ThreadStore;
  /** New messages of a conversation, or none when only its head changed. */
  readonly onNews: (conversationId: string, messages: readonly HelpdeskMessage[]) => void;
  readonly onState: (state: HelpdeskState) => void;
  readonly log: Logger;
  readonly random?: () => number;
}

/** One helpdesk that is being followed. */
export interface FollowedConnection {
  /** The rep looks at this conversation now; null for none of this helpdesk. */
  attend(nativeId: string | null): void;
  /** These were forgotten: whoever looks at one of them looks at none. */
  letGo(nativeIds: readonly string[]): void;
  /** Reads what is new in one conversation now. @throws HelpdeskFailure. */
  refresh(nativeId: string, signal: AbortSignal): Promise<void>;
  /** Also what is not said in it, such as its status, whether something was said or not. @throws HelpdeskFailure. */
  readAgain(nativeId: string, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** How many conversations the list is asked for. */
const LISTED = 50;
/** How many that are beyond the list are looked at with each reading of it. */
const IN_TURN = 5;

/**
 * Follows one helpdesk: its list slowly, the conversation the rep has open as fast as the helpdesk allows, and at once what it pushes.
 *
 * The store takes a message by its number, so that what is pushed, polled and read after a break comes once; the cursor moves with the
 * messages in one transaction, so that none is skipped by a kill. Failures end nothing: they are waited out and told as a state.
 */
export function followConnection(deps: FollowConnectionDeps): FollowedConnection {
  const { connector, store, onNews, onState, log, random = Math.random } = deps;
  const ended = new AbortController();
  const isEnded = (): boolean => ended.signal.aborted;
  const list = createPause(ended.signal);
  const attended = createPause(ended.signal);
  const news = createReadNews(deps);
  const secondLook = createSecondLook();
  let looksAt: string | null = null;
  let isPushed = false;
  let lastState = '';
  let turn = 0;

  function tell(state: HelpdeskState['state'], detail = '', retryInMs: number | null = null): void {
    const key = `${state} ${detail}`;
    if (key === lastState && retryInMs === null) return;
    lastState = key;
    const retryAt = retryInMs === null ? null : new Date(Date.now() + retryInMs).toISOString();
    onState({ connectionId: connector.id, state, detail, retryAt });
  }

  const tellWell = (): void => tell(isPushed ? 'live' : 'polling');

  async function readList(signal: AbortSignal): Promise<void> {
    const threads = await connector.list(LISTED, signal);
    tellWell();
    for (const thread of threads) {
      const conversationId = conversationIdOf({ connectionId: connector.id, nativeId: thread.id });
      if (await isForgotten(conversationId, thread, signal)) continue;
      const before = store.find(conversationId);
      if (!before) {
        store.putThread(conversationId, connector.id, thread);
        onNews(conversationId, []);
      }
      if (!before?.cursor || before.thread.version !== thread.version || secondLook.isDue(thread))
        await news.refresh(thread.id, signal, thread);
      else news.keep(conversationId, thread);
    }
    secondLook.listed(threads);
    await readUnlisted(new Set(threads.map(({ id }) => id)), threads.length === LISTED, signal);
  }

  /** A conversation of a forgotten customer comes back when somebody says something in it, not when a field of it changes. */
  async function isForgotten(
    conversationId: string,
    thread: HelpdeskThread,
    signal: AbortSignal,
  ): Promise<boolean> {
    const forgotten = store.forgotten(conversationId, thread);
    if (!forgotten?.isChanged) return forgotten !== null;
    const { messages } = await connector.messages(thread.id, forgotten.cursor, signal);
    if (messages.some(({ author, visibility }) => author.role !== 'system' && visibility === 'public'))
      return false;
    store.stayForgotten(conversationId, thread);
    return true;
  }

  /** What is open here and no longer listed was solved, merged or taken away meanwhile. */
  async function readUnlisted(
    listed: ReadonlySet<string>,
    isCut: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const unlisted = store
      .list()
      .filter(
        ({ connectionId, thread }) =>
          connectionId === connector.id && thread.status !== 'solved' && !listed.has(thread.id),
      );
    // Of a list that was cut nobody knows why one is not on it; a few are looked at each time, in turn.
    const some = isCut ? [...unlisted, ...unlisted].slice(turn % Math.max(1, unlisted.length)) : unlisted;
    for (const { conversationId, thread } of isCut
      ? some.slice(0, Math.min(IN_TURN, unlisted.length))
      : some) {
      turn += 1;
      const now = await connector.read(thread.id, signal).catch((error: unknown) => {
        if (isGone(error)) return { ...thread, status: 'solved' as const };
        throw error;
      });
      // One that is still open and was not listed belongs to another queue now; it is not ours to follow.
      if (!store.find(conversationId)) continue;
      if (store.putThread(conversationId, connector.id, isCut ? now : { ...now, status: 'solved' }))
        onNews(conversationId, []);
    }
  }

  async function loop(step: () => Promise<number>, pause: Pause, isPush = false): Promise<void> {
    let failures = 0;
    while (!isEnded()) {
      try {
        const waitMs = await step();
        failures = 0;
        await pause.wait(waitMs);
      } catch (error) {
        if (isEnded()) return;
        failures += 1;
        const failure = error instanceof HelpdeskFailure ? error : null;
        const isRefused = failure?.error.code === 'HELPDESK_SIGN_IN_REFUSED';
        const waitMs = retryMs(failures, failure?.retryAfterMs ?? null, isRefused, random());
        log.warn('helpdesk.failed', { code: errorCodeOf(error), durationMs: waitMs });
        // Without a push the helpdesk is asked; only when that fails too is it away.
        if (!isPush) tell(isRefused ? 'refused' : 'offline', failure?.error.message ?? '', waitMs);
        await pause.wait(waitMs);
      }
    }
  }

  async function listLoop(): Promise<void> {
    await loop(async () => {
      await readList(ended.signal);
      return isPushed ? PUSHED_POLL_MS : LIST_POLL_MS;
    }, list);
  }

  async function attendedLoop(): Promise<void> {
    const { minPollMs } = connector.capabilities;
    let waitMs = minPollMs;
    let at: string | null = null;
    await loop(async () => {
      if (looksAt === null) return PUSHED_POLL_MS;
      if (at !== looksAt) waitMs = minPollMs;
      at = looksAt;
      const conversationId = conversationIdOf({ connectionId: connector.id, nativeId: looksAt });
      const before = store.find(conversationId)?.cursor;
      await news.refresh(looksAt, ended.signal);
      tellWell();
      waitMs = nextLookMs(waitMs, store.find(conversationId)?.cursor !== before, minPollMs);
      return isPushed ? PUSHED_POLL_MS : waitMs;
    }, attended);
  }

  async function pushLoop(): Promise<void> {
    if (!connector.listen) return;
    const pause = createPause(ended.signal);
    await loop(
      async () => {
        try {
          await connector.listen?.(heard, () => opened(true), ended.signal);
          return 0;
        } finally {
          opened(false);
        }
      },
      pause,
      true,
    );
  }

  function heard(nativeId: string): void {
    if (nativeId === looksAt) return attended.wake();
    // One that is not ours yet may never be: whether it is, the list says.
    const conversationId = conversationIdOf({ connectionId: connector.id, nativeId });
    if (!store.find(conversationId)) return list.wake();
    news.refresh(nativeId, ended.signal).catch((error: unknown) => {
      if (!ended.signal.aborted) log.warn('helpdesk.failed', { code: errorCodeOf(error) });
    });
  }

  function opened(isOpen: boolean): void {
    if (isPushed === isOpen || ended.signal.aborted) return;
    isPushed = isOpen;
    // What came while nobody listened.
    list.wake();
    attended.wake();
  }

  const loops = Promise.all([listLoop(), attendedLoop(), pushLoop()]);
  return {
    attend(nativeId) {
      if (looksAt === nativeId) return;
      looksAt = nativeId;
      attended.wake();
    },
    letGo(nativeIds) {
      if (looksAt !== null && nativeIds.includes(looksAt)) looksAt = null;
    },
    refresh: (nativeId, signal) => news.refresh(nativeId, signal),
    async readAgain(nativeId, signal) {
      await news.refresh(nativeId, signal, await news.readHead(nativeId, signal));
    },
    async close() {
      ended.abort(new Error('The helpdesk is no longer followed.'));
      await loops.catch(() => undefined);
    },
  };
}
