import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

import type { Logger } from '../../shared/lib/logger.js';
import type { NotificationListener } from './hub-database.js';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 15_000;
/** A connection that died silently is noticed after so long. */
const PING_MS = 20_000;

/** One connection that only listens, made anew whenever it breaks. */
export class PostgresListener {
  readonly #config: pg.ClientConfig;
  readonly #log: Logger;
  readonly #listeners = new Map<string, Set<NotificationListener>>();
  readonly #stop = new AbortController();
  #client: pg.Client | null = null;
  #running: Promise<void> | null = null;

  constructor(config: pg.ClientConfig, log: Logger) {
    this.#config = config;
    this.#log = log;
  }

  /** Resolves once the server listens for it. @throws what connecting throws, the first time. */
  async add(channel: string, listener: NotificationListener): Promise<() => Promise<void>> {
    const listeners = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, listeners.add(listener));
    try {
      if (!this.#running) {
        const client = await this.#connect();
        this.#running = this.#keepConnected(client);
      } else if (listeners.size === 1) await this.#client?.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    } catch (cause) {
      listeners.delete(listener);
      throw cause;
    }
    return async () => {
      listeners.delete(listener);
      if (listeners.size === 0) await this.#client?.query(`UNLISTEN ${pg.escapeIdentifier(channel)}`);
    };
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#client?.end().catch(() => undefined);
    await this.#running;
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client(this.#config);
    // Without a listener a broken connection would end the process; `ended` below notices it.
    client.on('error', (error) => this.#log.warn('listen.error', { reason: error.message }));
    client.on('notification', ({ channel, payload }) => {
      for (const { heard } of this.#listeners.get(channel) ?? []) heard(payload ?? '');
    });
    try {
      await client.connect();
      for (const channel of this.#listeners.keys())
        await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    } catch (cause) {
      await client.end().catch(() => undefined);
      throw cause;
    }
    this.#client = client;
    return client;
  }

  async #keepConnected(first: pg.Client): Promise<void> {
    let client: pg.Client | null = first;
    let pause = FIRST_RETRY_MS;
    const { signal } = this.#stop;
    const isStopped = (): boolean => signal.aborted;
    while (!isStopped()) {
      if (client) {
        await this.#untilBroken(client);
        this.#client = null;
        client = null;
        continue;
      }
      await sleep(pause * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined);
      if (isStopped()) return;
      try {
        client = await this.#connect();
        pause = FIRST_RETRY_MS;
        this.#log.info('listen.reconnected');
        for (const listeners of this.#listeners.values()) for (const { missed } of listeners) missed();
      } catch {
        pause = Math.min(2 * pause, LAST_RETRY_MS);
      }
    }
    await client?.end().catch(() => undefined);
  }

  /** Asks the server now and then, since a half-open connection says nothing by itself. */
  async #untilBroken(client: pg.Client): Promise<void> {
    const ended = new AbortController();
    client.on('end', () => ended.abort());
    const signal = AbortSignal.any([ended.signal, this.#stop.signal]);
    const isOver = (): boolean => signal.aborted;
    while (!isOver()) {
      await sleep(PING_MS, undefined, { signal }).catch(() => undefined);
      if (isOver()) break;
      try {
        await client.query('SELECT 1');
      } catch {
        break;
      }
    }
    void client.end().catch(() => undefined);
  }
}
