import fs from 'node:fs';
import path from 'node:path';

import { readConversationFile, type ConversationFile } from './conversation-file.js';

/** How the demo is played. */
export interface DemoScripts {
  readonly scripts: readonly ConversationFile[];
  readonly spacingMs: number;
  readonly pace: number;
}

/** Time between the starts of two demo conversations: busy, yet a rep can follow. */
const SPACING_MS = 9_000;

/**
 * Reads the demo conversations in the order of their file names. `CUECARD_DEMO_ONLY` (ids or file names, comma-separated, in order),
 * `CUECARD_DEMO_SPACING_MS` and `CUECARD_DEMO_PACE` (1 is real time, 0 all at once) change how they are played.
 * @throws AppErrorException CONVERSATION_FILE_INVALID.
 */
export function demoScripts(demoDir: string, env: NodeJS.ProcessEnv): DemoScripts {
  const dir = path.join(demoDir, 'conversations');
  const all = fs
    .readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ stem: path.parse(name).name, script: readConversationFile(path.join(dir, name)) }));
  const only = env['CUECARD_DEMO_ONLY']?.split(',').map((name) => name.trim());
  const chosen = only
    ? only.flatMap((name) => all.filter(({ stem, script }) => stem === name || script.id === name))
    : all;
  return {
    scripts: chosen.map(({ script }) => script),
    spacingMs: numberOr(env['CUECARD_DEMO_SPACING_MS'], SPACING_MS),
    pace: numberOr(env['CUECARD_DEMO_PACE'], 1),
  };
}

function numberOr(text: string | undefined, otherwise: number): number {
  const value = Number(text);
  return text !== undefined && text !== '' && Number.isFinite(value) && value >= 0 ? value : otherwise;
}
