/** One comparison of a condition. `key` is a fact (`order.status`), an argument (`input.reason`) or `amount`. */
export interface Comparison {
  readonly key: string;
  readonly operator: '>' | '>=' | '<' | '<=' | '=' | '!=';
  readonly value: number | string;
}

/** A condition as read, or what is wrong with it and where (0-based). */
export type ReadCondition =
  | { readonly ok: true; readonly comparisons: readonly Comparison[] }
  | { readonly ok: false; readonly at: number; readonly message: string };

/** Whether a condition holds: `unknown` names the first thing nobody knows. */
export type Verdict = { readonly holds: boolean } | { readonly holds: 'unknown'; readonly key: string };

const TOKEN =
  /\s*(?:(?<key>[a-z][\w]*(?:\.[\w]+)*)|(?<operator>>=|<=|!=|[><=])|(?<number>-?\d+(?:\.\d+)?)|"(?<text>[^"]*)")/uy;

/**
 * Reads comparisons joined by `and`: `order.daysSinceDelivery > 30 and order.status = "delivered"`. Numbers are plain, texts in double quotes
 * and compared in any case. There is no `or`: two rules say that.
 */
export function readCondition(source: string): ReadCondition {
  const comparisons: Comparison[] = [];
  let at = 0;
  const next = (): { readonly kind: string; readonly value: string; readonly start: number } | null => {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    if (!match?.groups) return null;
    const [kind = '', value = ''] =
      Object.entries(match.groups as Record<string, string | undefined>).find(
        ([, found]) => found !== undefined,
      ) ?? [];
    const start = at + match[0].length - match[0].trimStart().length;
    at = TOKEN.lastIndex;
    return { kind, value, start };
  };
  const wrong = (message: string, where = at): ReadCondition => ({ ok: false, at: where, message });

  for (;;) {
    const key = next();
    if (key?.kind !== 'key')
      return wrong('Here stands what is compared, such as order.status or amount.', key?.start);
    const operator = next();
    if (operator?.kind !== 'operator')
      return wrong(`After ${key.value} comes one of > >= < <= = !=.`, operator?.start);
    const value = next();
    if (value?.kind !== 'number' && value?.kind !== 'text')
      return wrong('Here stands a number, or a text in double quotes.', value?.start);
    const isText = value.kind === 'text';
    if (isText && !['=', '!='].includes(operator.value))
      return wrong('A text can only be equal (=) or not (!=).', operator.start);
    comparisons.push({
      key: key.value,
      operator: operator.value as Comparison['operator'],
      value: isText ? value.value : Number(value.value),
    });
    if (source.slice(at).trim() === '') return { ok: true, comparisons };
    const joint = next();
    if (joint?.value !== 'and') return wrong('Comparisons are joined by "and".', joint?.start);
  }
}

/** @param valueOf what is known of a key, ready to print (`41 days`, `12.50 EUR`); null where nobody knows. */
export function judge(comparisons: readonly Comparison[], valueOf: (key: string) => string | null): Verdict {
  let unknown: string | null = null;
  for (const { key, operator, value } of comparisons) {
    const known = valueOf(key);
    const found = known === null ? null : typeof value === 'number' ? numberIn(known) : known;
    if (found === null) unknown ??= key;
    // One that is surely false decides, whatever is not known.
    else if (!compare(found, operator, value)) return { holds: false };
  }
  return unknown === null ? { holds: true } : { holds: 'unknown', key: unknown };
}

function compare(found: number | string, operator: Comparison['operator'], value: number | string): boolean {
  if (typeof found === 'string' || typeof value === 'string') {
    const isEqual = String(found).trim().toLowerCase() === String(value).trim().toLowerCase();
    return operator === '=' ? isEqual : !isEqual;
  }
  switch (operator) {
    case '>':
      return found > value;
    case '>=':
      return found >= value;
    case '<':
      return found < value;
    case '<=':
      return found <= value;
    case '=':
      return found === value;
    case '!=':
      return found !== value;
  }
}

/** The number a printed value begins with: `41 days` is 41, `1,200.50 EUR` is 1200.5. */
function numberIn(text: string): number | null {
  const match = /^\s*(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)(?![\d.,]*\d)/u.exec(text);
  return match?.[1] === undefined ? null : Number(match[1].replaceAll(',', ''));
}
