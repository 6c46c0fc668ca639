import type { HelpdeskMessage, HelpdeskThread } from '../connector.js';
import { hashOf, type MailEntry } from './mail-entry.js';
import type { MailThread } from './mail-threads.js';
import { baseSubject } from './mail-threads.js';
import type { MailContent } from './parse-mail.js';
import { authorOf, customerIn, type TeamAddresses } from './team-addresses.js';

/** Not done as long as one of its mails lies in the mailbox: whoever is done with a mail files it away or deletes it. */
export function threadOf({ id, entries }: MailThread, team: TeamAddresses): HelpdeskThread {
  const [first] = entries;
  const spoken = entries.filter((entry) => authorOf(entry, team).role !== 'system');
  const last = spoken.at(-1) ?? entries.at(-1);
  const customer = customerOf(entries, team);
  const subject = baseSubject(first?.head.subject ?? '');
  const to = first?.head.recipients.find(({ address }) => team.has(address))?.address ?? '';
  const isHere = entries.some(({ isSent, isGone }) => !isSent && !isGone);
  const isOurTurn = last !== undefined && authorOf(last, team).role !== 'rep';
  return {
    ...{ id, channel: 'email', subject: subject === '' ? '(no subject)' : subject },
    status: isHere ? (isOurTurn ? 'open' : 'waiting') : 'solved',
    customer: {
      name: nameOf(customer),
      ...(customer.address === '' ? {} : { email: customer.address }),
    },
    fields: to === '' ? {} : { 'Written to': to },
    version: hashOf(`${entries.map((entry) => entry.id).join(' ')} ${String(isHere)}`, 16),
    updatedAt: entries.at(-1)?.arrivedAt ?? new Date(0).toISOString(),
  };
}

/** Whoever of outside wrote first, else whom the first mail went to. */
function customerOf(entries: readonly MailEntry[], team: TeamAddresses): { name: string; address: string } {
  const wrote = entries.map((entry) => authorOf(entry, team)).find(({ role }) => role === 'customer');
  if (wrote) return wrote.person;
  for (const entry of entries) {
    const customer = customerIn(entry, team);
    if (customer) return customer;
  }
  return { name: '', address: '' };
}

const nameOf = ({ name, address }: { name: string; address: string }): string =>
  name === '' ? address : name;

/** A mail between colleagues, without anybody of outside among its readers, is a note. */
export function messageOf(entry: MailEntry, content: MailContent, team: TeamAddresses): HelpdeskMessage {
  const { role, person } = authorOf(entry, team);
  const { recipients } = entry.head;
  const isInternal =
    role === 'rep' && recipients.length > 0 && recipients.every(({ address }) => team.has(address));
  return {
    id: entry.id,
    sentAt: entry.arrivedAt,
    author: { role, name: nameOf(person) },
    visibility: isInternal ? 'internal' : 'public',
    text: content.text,
    attachments: content.files.map(({ filename, contentType, size }, at) => ({
      id: `${entry.id}.${String(at + 1)}`,
      name: filename ?? `file ${String(at + 1)}`,
      mediaType: contentType,
      bytes: size,
    })),
  };
}
