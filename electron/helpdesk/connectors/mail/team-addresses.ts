import type { MailEntry, MailPerson } from './mail-entry.js';

/** Tells colleagues from customers by their addresses. */
export interface TeamAddresses {
  has(address: string): boolean;
}

/** Who speaks in a mail. */
export interface MailAuthor {
  readonly role: 'customer' | 'rep' | 'system';
  readonly person: MailPerson;
}

const NOBODY: MailPerson = { name: '', address: '' };

/** @param listed addresses and whole domains (`@harbour.example`), apart by commas or blanks. */
export function teamAddressesOf(listed: string, ...more: readonly string[]): TeamAddresses {
  const all = [...listed.split(/[\s,;]+/u), ...more]
    .map((one) => one.toLowerCase())
    .filter((one) => one !== '');
  const addresses = new Set(all.filter((one) => !one.startsWith('@')));
  const domains = all.filter((one) => one.startsWith('@'));
  return {
    has: (address) => addresses.has(address) || domains.some((domain) => address.endsWith(domain)),
  };
}

/**
 * Who wrote a mail. A form of the team's own website sends from the team's address and names the customer in `Reply-To`: that is the
 * customer's word, where it answers nothing.
 */
export function authorOf({ head, isSent }: MailEntry, team: TeamAddresses): MailAuthor {
  const { from, replyTo, parents } = head;
  const isForm =
    !isSent &&
    from !== null &&
    team.has(from.address) &&
    replyTo !== null &&
    !team.has(replyTo.address) &&
    parents.length === 0;
  if (isForm) return { role: 'customer', person: replyTo };
  if (head.isAutomatic) return { role: 'system', person: from ?? NOBODY };
  if (isSent || (from !== null && team.has(from.address))) return { role: 'rep', person: from ?? NOBODY };
  return { role: 'customer', person: from ?? NOBODY };
}

/** The customer a mail is from, or to; null where it goes to colleagues alone. */
export function customerIn(entry: MailEntry, team: TeamAddresses): MailPerson | null {
  const { role, person } = authorOf(entry, team);
  if (role === 'customer') return person;
  if (role === 'system' && !team.has(person.address)) return person;
  return entry.head.recipients.find(({ address }) => !team.has(address)) ?? null;
}
