/** Where the messages of a ticket that were read end. */
export interface Place {
  /** The number of the last transaction: RT gives them out in order. */
  readonly last: number;
  /** The ticket's ETag from before they were searched for; null when it was not asked for. */
  readonly state: string | null;
}

/** Reads `57` and `57 "115"`. */
export const cursorOf = ({ last, state }: Place): string =>
  state === null ? String(last) : `${String(last)} ${state}`;

/** What cannot be read is the beginning: then everything comes again and nothing is missed. */
export function placeOf(cursor: string | null): Place {
  const [, last, state] = /^(\d{1,15})(?: (.+))?$/u.exec(cursor ?? '') ?? [];
  return { last: Number(last ?? 0), state: last === undefined ? null : (state ?? null) };
}
