import { pino, type DestinationStream } from 'pino';

import type { CreateLogger, LogFields, Logger } from '../shared/lib/logger.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** JSON lines on standard output, or wherever `destination` leads: `time level scope event` and ids, counts and times. */
export function createHubLogger(
  level: LogLevel,
  destination: DestinationStream = pino.destination(1),
): CreateLogger {
  const sink = pino(
    {
      base: null,
      level,
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'event',
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return (scope) => {
    const child = sink.child({ scope });
    const at =
      (name: keyof Logger) =>
      (event: string, fields: LogFields = {}): void =>
        child[name](fields, event);
    return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  };
}

/** A bug for the log: what kind and where, without words that may quote what somebody sent. */
export function bugFields(cause: unknown): LogFields {
  if (!(cause instanceof Error)) return { reason: typeof cause };
  const quotes = cause instanceof SyntaxError || cause.name === 'ZodError';
  const frames = (cause.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    reason: quotes ? cause.name : `${cause.name}: ${cause.message.slice(0, 500)}`,
    ...('code' in cause && typeof cause.code === 'string' ? { code: cause.code } : {}),
    stack: frames.slice(0, 12).join('\n'),
  };
}
