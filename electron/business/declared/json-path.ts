/** Values of a list that are told together. */
const MAX_VALUES = 10;

/** Whether `path` is written like `data.items[0].id` or `data.items[*].id`; empty is the whole. */
export const isJsonPath = (path: string): boolean =>
  path === '' || /^(?:[\w$@-]+|\[(?:\d+|\*)\])(?:\.[\w$@-]+|\[(?:\d+|\*)\])*$/u.test(path);

/** What stands in a JSON value at `path`; nothing where a part of it is missing. */
export function valuesAt(value: unknown, path: string): readonly unknown[] {
  let found: readonly unknown[] = [value];
  for (const [part] of path.matchAll(/[\w$@-]+|\[(?:\d+|\*)\]/gu)) {
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

/** Whether each item of the list that `path` leads through has a text at it: an item without an owner would be anybody's. */
export function isAtEachItem(value: unknown, path: string): boolean {
  const list = path.slice(0, path.lastIndexOf('[*]') + '[*]'.length);
  return !path.includes('[*]') || valuesAt(value, list).length === textsAt(value, path).length;
}

function step(value: unknown, part: string): unknown {
  if (part === '[*]') return Array.isArray(value) ? (value as readonly unknown[]) : [];
  if (part.startsWith('['))
    return Array.isArray(value) ? [(value as readonly unknown[])[Number(part.slice(1, -1))]] : [];
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, part)
    ? [(value as Readonly<Record<string, unknown>>)[part]]
    : [];
}

const textOf = (value: unknown): string[] =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
