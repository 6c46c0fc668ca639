/** Values of a list that are told together. */
const MAX_VALUES = 10;

/** Whether `path` is written like `data.items[0].id` or `data.items[*].id`; empty is the whole. */
export const isJsonPath = (path: string): boolean =>
  path === '' || /^(?:[\w$@-]+|\[(?:\d+|\*)\])(?:\.[\w$@-]+|\[(?:\d+|\*)\])*$/u.test(path);

/** What stands in a JSON value at `path`; nothing where a part of it is missing. */
export function valuesAt(value: unknown, path: string): readonly unknown[] {
  let found: readonly unknown[] = [value];
  for (const part of partsOf(path)) {
    found = found.flatMap((one) => step(one, part)).filter((one) => one !== undefined && one !== null);
  }
  return found;
}

/** The texts at `path`, one after the other; empty where there are none. Objects say nothing by themselves. */
export function textAt(value: unknown, path: string): string {
  const texts = valuesAt(value, path)
    .flatMap(textOf)
    .filter((text) => text !== '');
  return texts.slice(0, MAX_VALUES).join(', ');
}

/** All texts at `path`. */
export const textsAt = (value: unknown, path: string): readonly string[] =>
  valuesAt(value, path).flatMap(textOf);

/** Whether every item of every list that `path` leads through has a text at its end: an item without an owner would be anybody's. */
export const isAtEachItem = (value: unknown, path: string): boolean => isAtEach(value, partsOf(path));

function isAtEach(value: unknown, [part, ...rest]: readonly string[]): boolean {
  if (part === undefined) return textOf(value).length > 0;
  // What is null in a list has nothing that could be told.
  const next = step(value, part).filter((one) => one !== undefined && one !== null);
  return next.length > 0 && next.every((one) => isAtEach(one, rest));
}

/**
 * Whether an owner at `owner` is that of one item while `told` is of others: `items[0].email` says nothing of `items[*].total`, nor of
 * `items[1].total`.
 */
export const isOfOthers = (owner: string, told: string): boolean =>
  [...owner.matchAll(/\[\d+\]/gu)].some(({ index, 0: item }) => {
    const list = owner.slice(0, index);
    return !told.startsWith(list + item) && (told.includes('[*]') || told.startsWith(`${list}[`));
  });

const partsOf = (path: string): readonly string[] => path.match(/[\w$@-]+|\[(?:\d+|\*)\]/gu) ?? [];

function step(value: unknown, part: string): readonly unknown[] {
  if (part === '[*]') return Array.isArray(value) ? (value as readonly unknown[]) : [];
  if (part.startsWith('['))
    return Array.isArray(value) ? [(value as readonly unknown[])[Number(part.slice(1, -1))]] : [];
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, part)
    ? [(value as Readonly<Record<string, unknown>>)[part]]
    : [];
}

const textOf = (value: unknown): string[] =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
