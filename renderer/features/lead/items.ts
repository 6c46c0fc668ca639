import canonicalize from 'canonicalize';

import type { DraftContent } from '../../../shared/domain/draft-item.js';
import { PROMPTED, type Prompted } from '../../../shared/domain/stages.js';

export type ItemKind = DraftContent['kind'];

/** The groups a lead looks for something to edit in. */
export const GROUPS = [
  'article',
  'macro',
  'intent',
  'team',
  'prompt',
  'policy',
  'playbook',
  'tool-server',
] as const;
export type Group = (typeof GROUPS)[number];

/** Kinds of which a team has one each. */
export const TEAM_KINDS = ['profile', 'escalation', 'out-of-scope'] as const;

/** An item nobody filled in yet. */
export function emptyItem(kind: ItemKind, id = ''): DraftContent {
  switch (kind) {
    case 'article':
      return {
        kind,
        article: {
          ...{ id, title: '', category: 'general', audience: 'public', language: 'en', pool: 'articles' },
          ...{ brand: null, product: null, owner: null, source: null },
          ...{ updatedAt: null, validFrom: null, validUntil: null, markdown: '' },
        },
      };
    case 'intent':
      return { kind, intent: { id, name: '', description: '', examples: [], tools: [] } };
    case 'macro':
      return { kind, macro: { id, title: '', intents: [], text: '' } };
    case 'prompt':
      return { kind, prompt: { stage: stageOf(id), version: 1, text: '' } };
    case 'policy':
      return {
        kind,
        policy: { tool: id, approval: 'rep', leadAbove: null, maximum: null, isEnabled: true, rules: [] },
      };
    case 'playbook':
      return {
        kind,
        playbook: { intent: id, title: '', steps: [{ id: 'step-1', words: '' }] },
      };
    case 'tool-server':
      return { kind, toolServer: { name: id, title: '', command: '', args: [], env: [] } };
    case 'escalation':
      return { kind, escalation: [] };
    case 'out-of-scope':
      return { kind, outOfScope: [] };
    case 'profile':
      return {
        kind,
        profile: {
          ...{ id: 'team', name: '', supportName: '', languages: ['en'], currency: 'EUR', timezone: 'UTC' },
          patterns: { orderId: '' },
          products: [],
          voice: { greeting: '', greetingUnknown: '', closing: '', signature: '' },
          guardrails: {
            ...{ neverPromise: [], internalTerms: [], rules: [], competitors: [] },
            brand: { bannedWords: [], preferredWords: [], mustSign: false },
          },
        },
      };
  }
}

const stageOf = (id: string): Prompted => PROMPTED.find((stage) => stage === id) ?? 'drafting';

/** What a person calls an item. */
export function titleOfItem(content: DraftContent): string | null {
  switch (content.kind) {
    case 'article':
      return content.article.title;
    case 'intent':
      return content.intent.name;
    case 'macro':
      return content.macro.title;
    case 'playbook':
      return content.playbook.title;
    case 'tool-server':
      return content.toolServer.title;
    default:
      return null;
  }
}

/** A name as an id: `Late deliveries, 2026` → `late-deliveries-2026` (intents: with `_`). */
export function idFrom(name: string, joint: '-' | '_' = '-'): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, joint)
    .replace(/^[-_0-9]+|[-_]+$/g, '')
    .slice(0, 80);
}

/** As JSON says it, whatever the order of fields (RFC 8785). */
export const isSameContent = (a: unknown, b: unknown): boolean => canonicalize(a) === canonicalize(b);
