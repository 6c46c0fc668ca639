import { z } from 'zod';

import { Entity, Intent } from '../../../shared/domain/intent.js';
import { Degradation, Warning } from '../../../shared/domain/suggestion.js';

/** The newest words of the customer, as the other stages may use them. */
export const CustomerTurn = z.object({
  /** The newest messages as one text, without quoted mail, signature, and whatever was addressed to the assistant. */
  text: z.string(),
  /** What they said in the turns before it, oldest first: what the newest may be about when it is not clear alone. */
  earlierTexts: z.array(z.string()),
  /** The messages of the turn, oldest first. */
  messageIds: z.array(z.string()),
  /** It can only be understood together with what was said before. */
  isElliptic: z.boolean(),
  /** It only says thanks or goodbye; there is nothing to answer. */
  isClosing: z.boolean(),
});
export type CustomerTurn = z.infer<typeof CustomerTurn>;

/** What the intent stage gives to the graph. */
export const IntentStageResult = z.object({
  intent: Intent,
  warnings: z.array(Warning),
  degradations: z.array(Degradation),
  customerTurn: CustomerTurn,
  /** What is concrete in files the customer sent. */
  fileEntities: z.array(Entity),
});
export type IntentStageResult = z.infer<typeof IntentStageResult>;
