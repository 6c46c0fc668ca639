import type { ImapFlow } from 'imapflow';

import { deadline, isTimeUp } from '../../../../deadline.js';
import type { ConnectorOptions } from '../../connector.js';
import { HelpdeskFailure } from '../../helpdesk-failure.js';
import { failureOfImap } from './imap-failure.js';

/** One connection to a mailbox, held for a minute after its last use, since a server counts sign-ins. */
export interface ImapLine {
  /**
   * Runs `work` signed in and with the folder opened for reading; null opens none. One at a time, each with the time limit.
   * @param isWrite that `work` may write: without an answer it fails with HELPDESK_WRITE_UNCERTAIN.
   */
  use<T>(
    folder: string | null,
    work: (client: ImapFlow) => Promise<T>,
    signal: AbortSignal,
    isWrite?: boolean,
  ): Promise<T>;
  /** A connection of its own that is signed in; whoever asks closes it. */
  open(signal: AbortSignal): Promise<ImapFlow>;
}

const HELD_MS = 60_000;
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

export function createImapLine({ connection, token, timeoutMs }: ConnectorOptions): ImapLine {
  const { user = '' } = connection.options;
  let held: ImapFlow | null = null;
  let timer: NodeJS.Timeout | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function clientFor(): Promise<ImapFlow> {
    // Most desks have no mailbox, and none has at its start.
    const { ImapFlow: Client } = await import('imapflow');
    const url = new URL(connection.baseUrl);
    const secure = url.protocol === 'imaps:';
    const client = new Client({
      host: url.hostname.replace(/^\[|\]$/gu, ''),
      port: url.port === '' ? (secure ? 993 : 143) : Number(url.port),
      // Never in plain but to this machine: without STARTTLS it does not sign in.
      ...{ secure, doSTARTTLS: !secure && !LOOPBACK.has(url.hostname) },
      auth: { user, pass: token() },
      ...{ logger: false, disableAutoIdle: true, disableCompression: true },
      ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs },
      maxLiteralSize: 64 * 1024 * 1024,
    });
    // Told by the command that fails; without a listener it would end the process.
    client.on('error', () => undefined);
    return client;
  }

  /** Ends `client` when time or the caller's patience is up: imapflow takes no signal. */
  async function limited<T>(
    client: ImapFlow,
    work: () => Promise<T>,
    signal: AbortSignal,
    isWrite: boolean,
  ): Promise<T> {
    signal.throwIfAborted();
    const limit = deadline(timeoutMs, signal);
    let end: () => void = () => undefined;
    const ended = new Promise<never>((_, reject) => {
      end = () => {
        client.close();
        reject(new Error('The line was ended.'));
      };
      limit.signal.addEventListener('abort', end, { once: true });
    });
    try {
      return await Promise.race([work(), ended]);
    } catch (error) {
      signal.throwIfAborted();
      if (isTimeUp(limit.signal)) {
        const code = isWrite ? 'HELPDESK_WRITE_UNCERTAIN' : 'HELPDESK_UNREACHABLE';
        throw new HelpdeskFailure(code, `no answer in ${String(timeoutMs / 1000)} s`);
      }
      throw failureOfImap(error, isWrite);
    } finally {
      limit.signal.removeEventListener('abort', end);
      limit.clear();
    }
  }

  async function open(signal: AbortSignal): Promise<ImapFlow> {
    const client = await clientFor();
    try {
      await limited(client, () => client.connect(), signal, false);
      return client;
    } catch (error) {
      client.close();
      throw error;
    }
  }

  async function inFolder(client: ImapFlow, folder: string | null): Promise<void> {
    const now = client.mailbox === false ? null : client.mailbox.path;
    if (folder !== null && now !== folder) await client.mailboxOpen(folder, { readOnly: true });
  }

  async function run<T>(
    folder: string | null,
    work: (client: ImapFlow) => Promise<T>,
    signal: AbortSignal,
    isWrite: boolean,
  ): Promise<T> {
    signal.throwIfAborted();
    if (timer) clearTimeout(timer);
    // Whether a held line is still there is asked by what changes nothing; a write then goes out on a line that answers.
    let client = held?.usable ? await alive(held, folder, signal) : null;
    client ??= await open(signal);
    held = client;
    const opened = client;
    try {
      await limited(opened, () => inFolder(opened, folder), signal, false);
      return await limited(opened, () => work(opened), signal, isWrite);
    } catch (error) {
      // Whatever went wrong on it, the next use begins anew.
      held = null;
      opened.close();
      throw error;
    } finally {
      timer = setTimeout(() => {
        held?.close();
        held = null;
      }, HELD_MS).unref();
    }
  }

  async function alive(
    client: ImapFlow,
    folder: string | null,
    signal: AbortSignal,
  ): Promise<ImapFlow | null> {
    try {
      await limited(
        client,
        async () => {
          await client.noop();
          await inFolder(client, folder);
        },
        signal,
        false,
      );
      return client.usable ? client : null;
    } catch {
      signal.throwIfAborted();
      client.close();
      return null;
    }
  }

  return {
    open,
    use(folder, work, signal, isWrite = false) {
      const mine = last.then(() => run(folder, work, signal, isWrite));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}
