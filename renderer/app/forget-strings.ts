import { plural } from './plural.js';

/** Every word about taking a customer off this computer; a part of `strings`. */
export const forgetStrings = {
  forget: {
    open: 'Forget this customer',
    title: (name: string) => `Forget ${name}?`,
    looking: 'Looking what is kept…',
    what: (conversations: number) =>
      `Deleted on this computer: ${plural(conversations, 'conversation')} with this customer, their suggestions, decisions, notes of changes, summaries, and what left about them. This cannot be undone.`,
    unsent: (count: number) =>
      `${plural(count, 'decision')} that your team has not got yet ${count === 1 ? 'goes' : 'go'} too.`,
    pages:
      'The helpdesk inside the window begins afresh: what its pages keep here goes, with what you have begun to write in them, and you may have to sign in again.',
    stays:
      'What the helpdesk, the shop and your team’s hub have stays there. A conversation comes back when the customer writes again, or when you open it by its number.',
    yes: 'Forget',
    no: 'Keep',
    done: (conversations: number) => `Forgotten: ${plural(conversations, 'conversation')}.`,
  },
} as const;
