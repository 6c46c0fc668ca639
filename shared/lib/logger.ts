/** What a log line may carry: ids, counts and times. Never text a customer or a rep wrote. */
export interface LogFields {
  readonly runId?: string;
  readonly conversationId?: string;
  readonly durationMs?: number;
  readonly code?: string;
  readonly count?: number;
  readonly [name: string]: string | number | boolean | undefined;
}

/** One JSON line per happening. `event` is a stable name such as `index.rebuilt`, not a sentence. */
export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** Gives the logger of one scope; the scope is the folder name (`retrieval`, `helpdesk`). */
export type CreateLogger = (scope: string) => Logger;

/** A logger that drops everything, for tests and for one-shot commands. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
