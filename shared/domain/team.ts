import { z } from 'zod';

import { GuardrailRule } from './guardrail-rule.js';
import { EscalationReason, Urgency } from './intent.js';
import { ModelSettings } from './model-settings.js';
import { TeamPrivacy } from './personal-data.js';
import { Playbook } from './playbook.js';
import { Prompt } from './prompt.js';
import { ToolPolicy } from './tool-policy.js';
import { ToolServer } from './tool-server.js';

const COUNTED: ReadonlySet<EscalationReason> = new Set(['repeated_contact', 'no_evidence']);

/** An intent the team knows, with what the customer's words look like and which tools hold its facts. */
export const IntentDefinition = z.object({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  name: z.string(),
  description: z.string(),
  examples: z.array(z.string().min(1)).min(1),
  tools: z.array(z.string()),
  macro: z.string().optional(),
});
export type IntentDefinition = z.infer<typeof IntentDefinition>;

/** A vetted text with `{{placeholders}}` that tool facts fill. */
export const Macro = z.object({
  id: z.string(),
  title: z.string(),
  intents: z.array(z.string()),
  text: z.string(),
});
export type Macro = z.infer<typeof Macro>;

/**
 * One rule of the escalation policy: when a person takes over, and who. Earlier rules go first.
 *
 * `phrases` are plain words or regular expression sources, matched in any case on word boundaries. Three reasons also count, from `limit` on:
 * `anger` the anger of the newest turn (0 to 1), `repeated_contact` contacts about the same issue in the thread and before it,
 * `no_evidence` answers in a row the knowledge had nothing for. Without a limit such a rule goes by its phrases alone.
 */
export const EscalationRule = z
  .object({
    reason: EscalationReason,
    label: z.string(),
    phrases: z.array(z.string().min(1)).default([]),
    limit: z.number().positive().optional(),
    urgency: Urgency,
    team: z.string(),
  })
  .refine(
    ({ reason, limit }) =>
      limit === undefined ||
      (reason === 'anger' ? limit <= 1 : COUNTED.has(reason) && Number.isInteger(limit)),
    {
      path: ['limit'],
      message: 'A limit is 0 to 1 for anger, a whole number for repeated_contact and no_evidence.',
    },
  );
export type EscalationRule = z.infer<typeof EscalationRule>;

/** How the team wants its replies to read. */
export const BrandRules = z.object({
  /** Words or phrases no reply has. */
  bannedWords: z.array(z.string().min(1)).default([]),
  /** What to write in place of a word, as `word = better`. */
  preferredWords: z.array(z.string().min(1)).default([]),
  /** Whether a reply must end with the signature of {@link TeamProfile}'s voice. */
  mustSign: z.boolean().default(false),
});
export type BrandRules = z.infer<typeof BrandRules>;

export const noBrandRules: BrandRules = { bannedWords: [], preferredWords: [], mustSign: false };

/** The team's voice, patterns and guardrails. Patterns are regular expression sources. */
export const TeamProfile = z.object({
  id: z.string(),
  name: z.string(),
  supportName: z.string(),
  languages: z.array(z.string()),
  currency: z.string(),
  timezone: z.string(),
  patterns: z.object({
    orderId: z.string(),
    returnId: z.string().optional(),
    trackingNumber: z.string().optional(),
    errorCode: z.string().optional(),
  }),
  products: z.array(z.string()),
  voice: z.object({
    greeting: z.string(),
    greetingUnknown: z.string(),
    closing: z.string(),
    signature: z.string(),
  }),
  guardrails: z.object({
    neverPromise: z.array(z.string()),
    internalTerms: z.array(z.string()),
    rules: z.array(GuardrailRule).default([]),
    /** Names of companies a reply does not speak of. */
    competitors: z.array(z.string().min(1)).default([]),
    brand: BrandRules.default(noBrandRules),
    /** Whether a model looks for hidden instructions as well, in runs with a model (one more call of the task `screening`); off when left out. */
    modelScreening: z.boolean().optional(),
  }),
  /** Chat models of the team; a rep's own choice goes before them. Keys are never part of a release. */
  models: ModelSettings.optional(),
  /** Whether a rep may send a reply through a helpdesk's interface, and is asked each time; left out, replies go out from the helpdesk alone. */
  sending: z.literal('ask').optional(),
  /** What may leave the computers of the team at most; left out, each rep decides. */
  privacy: TeamPrivacy.optional(),
});
export type TeamProfile = z.infer<typeof TeamProfile>;

/** Everything a team configures besides its articles. */
export const Team = z.object({
  profile: TeamProfile,
  intents: z.array(IntentDefinition),
  outOfScope: z.array(z.string()),
  macros: z.array(Macro),
  escalation: z.array(EscalationRule),
  /** Instructions to a chat model that differ from the built-in ones, one per stage at most. */
  prompts: z.array(Prompt).default([]),
  /** When tools may run, and the rules they have to keep, one policy for each tool at most. */
  policies: z.array(ToolPolicy).default([]),
  /** What reps do step by step, one for each intent at most. */
  playbooks: z.array(Playbook).default([]),
  /** Programs that may be started for their tools. */
  toolServers: z.array(ToolServer).default([]),
});
export type Team = z.infer<typeof Team>;
