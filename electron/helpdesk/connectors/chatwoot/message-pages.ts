import type { HelpdeskHttp } from '../helpdesk-http.js';
import { MessageList, type CwMessage } from './answers.js';

/** What `after` gives at most, and in the order of time, not of numbers. */
const PAGE = 100;
/** Messages of a full page that are asked for again, since those that follow may have smaller numbers. */
const OVERLAP = 20;
/**
 * A number is given out before its message can be seen, so a smaller one may appear after a larger one. Numbers count for the whole
 * server; this many back are looked at again.
 */
const WINDOW = 200;

/** Where the known messages end: the largest number, and which numbers of the window below it are known. */
interface Place {
  readonly last: number;
  readonly known: ReadonlySet<number>;
}

/** Messages that are not known at the cursor, in the order of time, and the cursor behind them. A cursor reads `1290:1201.1204.1290`. */
export async function messagesAfter(
  http: Pick<HelpdeskHttp, 'json'>,
  path: string,
  cursor: string | null,
  signal: AbortSignal,
): Promise<{ messages: readonly CwMessage[]; cursor: string }> {
  const place = placeOf(cursor);
  const fresh = new Map<number, CwMessage>();
  let last = place.last;
  for (let after = Math.max(0, place.last - WINDOW); ;) {
    const query = { after: String(after) };
    const page = (await http.json(path, MessageList, { query }, signal)).body.payload;
    for (const message of page) {
      last = Math.max(last, message.id);
      if (!place.known.has(message.id)) fresh.set(message.id, message);
    }
    const numbers = page.map(({ id }) => id).sort((a, b) => a - b);
    const next = numbers[PAGE - OVERLAP - 1] ?? after;
    if (page.length < PAGE || next <= after) break;
    after = next;
  }
  const known = [...place.known, ...fresh.keys()].filter((id) => id > last - WINDOW);
  return {
    messages: [...fresh.values()].sort((a, b) => a.created_at - b.created_at || a.id - b.id),
    cursor: `${String(last)}:${known.sort((a, b) => a - b).join('.')}`,
  };
}

/** One message by its number; null when it is not in this conversation. */
export async function messageById(
  http: Pick<HelpdeskHttp, 'json'>,
  path: string,
  id: number,
  signal: AbortSignal,
): Promise<CwMessage | null> {
  const query = { after: String(id - 1) };
  const { body } = await http.json(path, MessageList, { query }, signal);
  return body.payload.find((message) => message.id === id) ?? null;
}

/** A cursor that cannot be read is the beginning: then everything comes again and nothing is missed. */
function placeOf(cursor: string | null): Place {
  const [, last, known = ''] = /^(\d{1,15}):([\d.]*)$/u.exec(cursor ?? '') ?? [];
  if (last === undefined) return { last: 0, known: new Set() };
  return {
    last: Number(last),
    known: new Set(
      known
        .split('.')
        .filter((id) => id !== '')
        .map(Number),
    ),
  };
}
