import { z } from 'zod';

import { KnowledgeArticle } from './knowledge-article.js';
import { Playbook } from './playbook.js';
import { Prompt } from './prompt.js';
import { SegmentKey } from './release.js';
import { EscalationRule, IntentDefinition, Macro, TeamProfile } from './team.js';
import { ToolPolicy } from './tool-policy.js';
import { ToolServer } from './tool-server.js';

/** What one item of a release says to a reader, by the kind of its key. Voice and guardrails are in `team/profile`. */
export const DraftContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('article'), article: KnowledgeArticle }),
  z.object({ kind: z.literal('intent'), intent: IntentDefinition }),
  z.object({ kind: z.literal('macro'), macro: Macro }),
  z.object({ kind: z.literal('prompt'), prompt: Prompt }),
  z.object({ kind: z.literal('policy'), policy: ToolPolicy }),
  z.object({ kind: z.literal('playbook'), playbook: Playbook }),
  z.object({ kind: z.literal('tool-server'), toolServer: ToolServer }),
  z.object({ kind: z.literal('profile'), profile: TeamProfile }),
  z.object({ kind: z.literal('escalation'), escalation: z.array(EscalationRule) }),
  z.object({ kind: z.literal('out-of-scope'), outOfScope: z.array(z.string()) }),
]);
export type DraftContent = z.infer<typeof DraftContent>;

/** An edit that is not published yet. `content` is null where the item is to be retired. */
export const DraftItem = z.object({
  key: SegmentKey,
  /** Rises with every edit of the item, over its whole life; 0 is what is published. */
  revision: z.int().positive(),
  content: DraftContent.nullable(),
  editedBy: z.string(),
  editedAt: z.iso.datetime(),
});
export type DraftItem = z.infer<typeof DraftItem>;
