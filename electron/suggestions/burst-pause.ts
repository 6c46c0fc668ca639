import type { Channel } from '../../shared/domain/conversation.js';

/** An email is written whole. */
const EMAIL_MS = 150;
/** A chat message that ends like a sentence is probably all, for now. */
const ENDED_MS = 500;
/** One that breaks off is followed by the rest: people type 20 to 60 characters in this time. */
const BROKEN_OFF_MS = 2_000;

const ENDS = /[.?!…。？！][\s"'”’)\]]*(?:\p{Extended_Pictographic}|\s)*$|\p{Extended_Pictographic}\s*$/u;

/** How long to wait, in milliseconds, for more of a burst after this message; the rep must not wait longer than the customer types. */
export function burstPauseMs(text: string, channel: Channel): number {
  if (channel === 'email') return EMAIL_MS;
  return ENDS.test(text.slice(-200)) ? ENDED_MS : BROKEN_OFF_MS;
}
