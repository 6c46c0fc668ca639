import { hashOf, type MailEntry } from './mail-entry.js';
import { customerIn, type TeamAddresses } from './team-addresses.js';

/** Mails that belong together, the oldest first. */
export interface MailThread {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly entries: readonly MailEntry[];
}

const REPLY = /^(?:(?:re|aw|antw|sv|vs|ref|rif|odp|tr|wg|fwd?)(?:\[\d+\])?\s*:\s*)+/iu;
/** How long an answer without a trace of what it answers is taken for one, by its subject. */
const SAME_SUBJECT_MS = 30 * 86_400_000;

/**
 * Sorts mails into threads: by `References` and `In-Reply-To` as RFC 5256 (REFERENCES) does, and an answer that names nothing by its subject and
 * its customer.
 *
 * Different from RFC 5256 where customers would be mixed: a mail that is not here, or went to no customer by name (a newsletter, a blind
 * copy), joins only what is of the same customer, since many answer it and none of them may read the others' words.
 */
export function mailThreadsOf(mails: readonly MailEntry[], team: TeamAddresses): readonly MailThread[] {
  const entries = [...uniqueOf(mails)].sort(byTime);
  const customers = new Map(entries.map((entry) => [entry.id, customerIn(entry, team)?.address ?? '']));
  const known = new Map(entries.map((entry) => [nodeOf(entry), entry]));
  const groups = createGroups();
  for (const entry of entries)
    for (const parent of entry.head.parents) {
      const before = known.get(parent);
      const mayJoin = before !== undefined && customers.get(before.id) !== '';
      groups.join(nodeOf(entry), mayJoin ? parent : `${parent}\n${customers.get(entry.id) ?? ''}`);
    }
  joinBySubject(entries, customers, groups);

  const byGroup = new Map<string, MailEntry[]>();
  for (const entry of entries) {
    const group = groups.of(nodeOf(entry));
    byGroup.set(group, [...(byGroup.get(group) ?? []), entry]);
  }
  return [...byGroup.values()].map((thread) => ({ id: idOf(thread, customers), entries: thread }));
}

/** The subject without what answers put before it. */
export const baseSubject = (subject: string): string => subject.replace(REPLY, '').trim();

function joinBySubject(
  entries: readonly MailEntry[],
  customers: ReadonlyMap<string, string>,
  groups: Groups,
): void {
  const last = new Map<string, MailEntry>();
  for (const entry of entries) {
    const customer = customers.get(entry.id) ?? '';
    const subject = baseSubject(entry.head.subject).toLowerCase();
    if (subject === '' || customer === '') continue;
    const before = last.get(`${customer}\n${subject}`);
    const isAnswer = entry.head.parents.length === 0 && REPLY.test(entry.head.subject);
    if (before && isAnswer && Date.parse(entry.arrivedAt) - Date.parse(before.arrivedAt) <= SAME_SUBJECT_MS)
      groups.join(nodeOf(entry), nodeOf(before));
    last.set(`${customer}\n${subject}`, entry);
  }
}

/** By the oldest mail the thread knows of, whether it is here or not, so that the id stays when that mail comes late or leaves. */
function idOf([first]: readonly MailEntry[], customers: ReadonlyMap<string, string>): string {
  if (!first) return '';
  const root = first.head.parents[0] ?? nodeOf(first);
  return hashOf(`${root}\n${customers.get(first.id) ?? ''}`, 32);
}

interface Groups {
  join(a: string, b: string): void;
  of(node: string): string;
}

/** Disjoint sets with path halving (Tarjan). */
function createGroups(): Groups {
  const parents = new Map<string, string>();
  const of = (node: string): string => {
    let at = node;
    for (let up = parents.get(at); up !== undefined; up = parents.get(at)) {
      const above = parents.get(up);
      if (above !== undefined) parents.set(at, above);
      at = up;
    }
    return at;
  };
  return {
    of,
    join(a, b) {
      const [first, second] = [of(a), of(b)];
      if (first !== second) parents.set(first, second);
    },
  };
}

const nodeOf = ({ head, id }: MailEntry): string => (head.messageId === '' ? id : head.messageId);

/** A mail that was sent and came in too, such as a copy to oneself, counts once: as the one that was sent. */
function uniqueOf(entries: readonly MailEntry[]): Iterable<MailEntry> {
  const unique = new Map<string, MailEntry>();
  for (const entry of entries) if (entry.isSent || !unique.has(entry.id)) unique.set(entry.id, entry);
  return unique.values();
}

const byTime = (a: MailEntry, b: MailEntry): number =>
  Date.parse(a.arrivedAt) - Date.parse(b.arrivedAt) ||
  a.head.parents.length - b.head.parents.length ||
  a.order - b.order ||
  a.id.localeCompare(b.id);
