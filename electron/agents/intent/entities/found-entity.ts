import type { Entity } from '../../../../shared/domain/intent.js';
import type { Span } from '../../text/text-spans.js';

/** An entity inside one piece of text, before it is tied to its message. */
export interface FoundEntity extends Span {
  readonly kind: Entity['kind'];
  readonly value: string;
}

/** Looks for one kind of entity in a few thousand characters, in a time proportional to them. */
export type EntityFinder = (text: string) => readonly FoundEntity[];
