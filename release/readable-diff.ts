import { createPatch } from 'diff';
import { stringify } from 'yaml';

import type { ReleaseChange } from '../shared/contracts/hub/releases.js';
import type { DraftContent } from '../shared/domain/draft-item.js';
import type { SegmentKey } from '../shared/domain/release.js';

/** Texts beyond this are compared as a whole: a diff of them would take seconds. */
const MAX_DIFF_CHARACTERS = 200_000;

/** How an item differs between two releases, or between a release and the draft, for a person to read. Null is "not there". */
export function describeChange(
  key: SegmentKey,
  before: DraftContent | null,
  after: DraftContent | null,
): Pick<ReleaseChange, 'title' | 'diff'> {
  const content = after ?? before;
  return {
    title: content ? titleOf(content) : key,
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
    case 'playbook':
      return `Playbook: ${content.playbook.title}`;
    case 'tool-server':
      return `Tool server: ${content.toolServer.title}`;
    case 'profile':
      return 'Team, voice and guardrails';
    case 'escalation':
      return 'Escalation';
    case 'out-of-scope':
      return 'Out of scope';
  }
}

/** An item as text: an article as its Markdown under its properties, anything else as YAML. */
function textOf(content: DraftContent): string {
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
