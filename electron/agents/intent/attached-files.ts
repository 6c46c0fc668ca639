import { setImmediate as eventLoopTurn } from 'node:timers/promises';

import type { Entity } from '../../../shared/domain/intent.js';
import type { Warning } from '../../../shared/domain/suggestion.js';
import type { AttachedText } from '../attached-text.js';
import { screenText } from '../screening/screen-text.js';
import { namesOf } from '../screening/technique-names.js';
import { blank, tidy } from '../text/text-spans.js';
import { needOf } from './ellipsis.js';
import type { EntitySource } from './entities/entities.js';

/** A file as the intent stage reads it: without what speaks to a machine. */
export interface ReadFile {
  readonly messageId: string;
  readonly text: string;
  /** Places are in the file's text; `messageId` names the file, so that nobody looks for them in the message. */
  readonly entities: readonly Entity[];
}

export interface ReadFiles {
  readonly files: readonly ReadFile[];
  readonly warnings: readonly Warning[];
}

const MAX_NAME_CHARACTERS = 60;
/** "Please see the attached letter." and a little more. */
const MAX_POINTING_WORDS = 14;
/** What heads a letter or an invoice, and says nothing of what is wanted. */
const LETTERHEAD: ReadonlySet<Entity['kind']> = new Set(['address', 'email', 'phone', 'date']);
/** Numbers that a look-up can begin with. */
const NUMBERS: ReadonlySet<Entity['kind']> = new Set([
  'order_id',
  'return_id',
  'tracking_number',
  'error_code',
]);

/** Screens the files of a run and finds what is concrete in them, the event loop turning between two. */
export async function readAttached(
  attached: readonly AttachedText[],
  findEntities: (parts: readonly EntitySource[]) => Entity[],
  sentAtOf: (messageId: string) => Date,
): Promise<ReadFiles> {
  const files: ReadFile[] = [];
  const warnings: Warning[] = [];
  for (const [at, { messageId, name, text: original }] of attached.entries()) {
    const { text, techniques } = screenText(original, 'customer');
    if (techniques.length > 0) warnings.push(speaksToMachine(name, namesOf(techniques)));
    const place = `${messageId}/file-${String(at + 1)}`;
    const entities = findEntities([{ messageId: place, offset: 0, text, sentAt: sentAtOf(messageId) }]);
    files.push({ messageId, text, entities });
    await eventLoopTurn();
  }
  return { files, warnings };
}

function speaksToMachine(name: string, techniques: string): Warning {
  const shown = name.replace(/[\p{Cc}\p{Cf}"]/gu, '').slice(0, MAX_NAME_CHARACTERS);
  const message = `The file "${shown}" speaks to the assistant (${techniques}). That part was ignored.`;
  return { code: 'prompt_injection', message };
}

/**
 * What the customer asks, with the need of their files where the newest messages only point to those: a letter that came as a file says
 * what the message leaves out. Only files of these messages count.
 */
export function withNeedOfFiles(
  text: string,
  files: readonly ReadFile[],
  messageIds: readonly string[],
): string {
  const own = files.filter(({ messageId }) => messageIds.includes(messageId));
  const words = needOf(text).match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  if (own.length === 0 || words > MAX_POINTING_WORDS || text.includes('?')) return text;
  const needs = own.map((file) => {
    const heads = file.entities.filter(({ kind }) => LETTERHEAD.has(kind));
    return needOf(tidy(blank(file.text, heads)));
  });
  return [text, ...needs].filter((part) => part.trim() !== '').join('\n');
}

/** Numbers of files, for each kind that the customer's own words do not name: what they wrote themselves goes first. */
export function numbersOfFiles(said: readonly Entity[], files: readonly ReadFile[]): Entity[] {
  const known = new Set(said.map(({ kind }) => kind));
  return files.flatMap(({ entities }) =>
    entities.filter(({ kind }) => NUMBERS.has(kind) && !known.has(kind)),
  );
}
