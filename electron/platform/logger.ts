import fs from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';

import type { CreateLogger, LogFields, Logger } from '../../shared/lib/logger.js';

/** Fields whose values may be written as they are; the value of any other field is replaced. */
const PLAIN = new Set([
  'runId',
  'conversationId',
  'durationMs',
  'code',
  'count',
  'stage',
  'route',
  'state',
  'reason',
  'version',
  'chunks',
  'articles',
  'generation',
  'attempt',
  'queued',
  'done',
  'total',
  'release',
  'graphs',
  'failures',
  'role',
]);

/** Longer strings are not ids or codes, whatever the field is called. */
const MAX_PLAIN_CHARACTERS = 120;

const MAX_LOG_BYTES = 5_000_000;

function redact(fields: LogFields): LogFields {
  const safe: Record<string, string | number | boolean | undefined> = {};
  for (const [name, value] of Object.entries(fields)) {
    const isPlain = PLAIN.has(name) && !(typeof value === 'string' && value.length > MAX_PLAIN_CHARACTERS);
    safe[name] = isPlain ? value : '[redacted]';
  }
  return safe;
}

/**
 * Opens the log: one JSON line per happening (`time level scope event runId durationMs code`) in `<dir>/cuecard.log`,
 * kept under 5 MB with one older file beside it. Customer text cannot get in: unknown fields are redacted.
 */
export function openLog(dir: string): CreateLogger {
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = path.join(dir, 'cuecard.log');
  rotate(file);
  const destination = pino.destination({ dest: file, sync: false, mkdir: true });
  // A full disk loses log lines and nothing else; unheard, the stream would throw for each of them.
  destination.on('error', () => undefined);
  const sink = pino(
    {
      base: null,
      level: process.env['CUECARD_LOG_LEVEL'] ?? 'info',
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'event',
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return (scope) => {
    const child = sink.child({ scope });
    const at =
      (level: keyof Logger) =>
      (event: string, fields: LogFields = {}): void =>
        child[level](redact(fields), event);
    return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  };
}

function rotate(file: string): void {
  try {
    if (fs.statSync(file).size > MAX_LOG_BYTES) fs.renameSync(file, `${file}.1`);
  } catch {
    // The first start has no log yet.
  }
}
