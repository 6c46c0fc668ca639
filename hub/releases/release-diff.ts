import { createPatch } from 'diff';
import { stringify } from 'yaml';

import type { ReleaseChange } from '../../shared/contracts/hub/releases.js';
import type { DraftContent } from '../../shared/domain/draft-item.js';
import { decodeItem } from '../../release/team-segments.js';
import type { SegmentService } from '../segments/segment-service.js';
import type { HubDatabase } from '../storage/hub-database.js';
import { changesBetween, type EntryChange } from './listing-store.js';

/** What of a release nobody reads. */
const isForMachines = (key: string): boolean => /^(graph|evaluation)\//.test(key);
/** Changes whose contents are in memory at once. */
const READ_AT_ONCE = 100;
/** Texts beyond this are compared as a whole: a diff of them would take the hub seconds. */
const MAX_DIFF_CHARACTERS = 200_000;

/** What changed from one release to another, for a person to read; `from` 0 is nothing at all. */
export async function diffReleases(
  database: HubDatabase,
  segments: SegmentService,
  workspaceId: string,
  from: number,
  to: number,
): Promise<ReleaseChange[]> {
  const changes = await changesBetween(database, workspaceId, from, to);
  const described: ReleaseChange[] = [];
  for (let start = 0; start < changes.length; start += READ_AT_ONCE) {
    const page = changes.slice(start, start + READ_AT_ONCE);
    const contents = await segments.contents(workspaceId, page.flatMap(hashesToRead));
    const read = (key: string, hash: string | null): DraftContent | null => {
      const content = hash === null ? undefined : contents.get(hash);
      return content ? decodeItem(key, content) : null;
    };
    described.push(
      ...page.map((change) =>
        describe(change, read(change.key, change.before), read(change.key, change.after?.hash ?? null)),
      ),
    );
  }
  return described;
}

/** Both sides of a change, as far as somebody reads them. */
function hashesToRead({ key, before, after }: EntryChange): string[] {
  return isForMachines(key) ? [] : [before, after?.hash ?? null].filter((hash) => hash !== null);
}

function describe(
  { key, before: oldHash, after: entry }: EntryChange,
  before: DraftContent | null,
  after: DraftContent | null,
): ReleaseChange {
  const content = after ?? before;
  return {
    key,
    title: content ? titleOf(content) : key,
    change: oldHash === null ? 'added' : entry === null ? 'removed' : 'changed',
    diff: content ? diffTexts(before ? textOf(before) : '', after ? textOf(after) : '') : '',
  };
}

/** What a person calls an item. */
export function titleOf(content: DraftContent): string {
  switch (content.kind) {
    case 'article':
      return content.article.title;
    case 'intent':
      return content.intent.name;
    case 'macro':
      return content.macro.title;
    case 'prompt':
      return `Prompt of ${content.prompt.stage}`;
    case 'policy':
      return `Tool ${content.policy.tool}`;
    case 'profile':
      return 'Team, voice and guardrails';
    case 'escalation':
      return 'Escalation';
    case 'out-of-scope':
      return 'Out of scope';
  }
}

/** An item as text: an article as its Markdown under its properties, anything else as YAML. */
export function textOf(content: DraftContent): string {
  if (content.kind !== 'article') {
    const said: unknown = Object.entries(content).find(([name]) => name !== 'kind')?.[1];
    return stringify(said, { lineWidth: 0 });
  }
  const { markdown, ...properties } = content.article;
  const said = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));
  return `---\n${stringify(said, { lineWidth: 0 })}---\n${markdown}\n`;
}

/** A unified diff without its head of file names; empty for equal texts. */
function diffTexts(before: string, after: string): string {
  if (before === after) return '';
  if (before.length + after.length > MAX_DIFF_CHARACTERS)
    return `@@ too long to compare line by line: ${String(before.length)} and ${String(after.length)} characters @@\n`;
  return createPatch('', before, after, undefined, undefined, { context: 3 })
    .split('\n')
    .filter((line) => !/^(Index: |={3,}|--- |\+\+\+ )/.test(line))
    .join('\n');
}
