export type Counting = '>' | '>=' | '<' | '<=' | '=' | '!=';

/** One comparison of a condition. `key` is a fact (`order.status`), an argument (`input.reason`) or `amount`. */
export type Comparison =
  | {
      readonly key: string;
      readonly operator: Counting;
      readonly value: number;
      readonly unit: string | null;
    }
  | { readonly key: string; readonly operator: '=' | '!='; readonly value: string }
  | { readonly key: string; readonly operator: 'one of' | 'contains'; readonly values: readonly string[] }
  | { readonly key: string; readonly operator: 'known' | 'not known' };

/** A condition as read, or what is wrong with it and where (0-based). */
export type ReadCondition =
  | { readonly ok: true; readonly comparisons: readonly Comparison[] }
  | { readonly ok: false; readonly at: number; readonly message: string };

interface Token {
  readonly kind: string;
  readonly value: string;
  readonly start: number;
}

const TOKEN =
  /\s*(?:(?<key>[a-z]\w*(?:\.\w+)*)|(?<operator>>=|<=|!=|[><=])|(?<number>-?\d+(?:\.\d+)?)|"(?<text>[^"]*)"|(?<comma>,))/uy;
/** `days` or the three letters of a currency, behind a number. */
const UNIT = /\s*(?<unit>days?|[A-Z]{3})(?![\w.])/uy;

/**
 * Reads comparisons joined by `and`: `order.daysSinceDelivery > 30 days and order.status one of "delivered", "returned"`. Numbers may have a
 * unit (`days`, `EUR`), texts stand in double quotes and are compared in any case; of several behind `one of` (the whole value) or `contains`
 * (a part of it) any is enough. `is known` and `is not known` ask whether there is such a fact. There is no `or`: two rules say that.
 */
export function readCondition(source: string): ReadCondition {
  const comparisons: Comparison[] = [];
  let at = 0;
  const next = (): Token | null => {
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
  const peek = (): Token | null => {
    const before = at;
    const token = next();
    at = before;
    return token;
  };
  const unit = (): string | null => {
    UNIT.lastIndex = at;
    const found = UNIT.exec(source)?.groups?.['unit'];
    if (found === undefined) return null;
    at = UNIT.lastIndex;
    return found.startsWith('day') ? 'days' : found;
  };
  const wrong = (message: string, token: Token | null): ReadCondition => ({
    ...{ ok: false, message },
    at: token?.start ?? at + source.slice(at).length - source.slice(at).trimStart().length,
  });
  /** The texts behind `one of`; null where one is missing. */
  const texts = (): string[] | null => {
    const values: string[] = [];
    for (;;) {
      if (peek()?.kind !== 'text') return null;
      values.push(next()?.value ?? '');
      if (peek()?.kind !== 'comma') return values;
      next();
    }
  };

  for (;;) {
    const key = next();
    if (key?.kind !== 'key')
      return wrong('Here stands what is compared, such as order.status or amount.', key);
    const operator = next();
    if (operator?.value === 'is') {
      const isNot = peek()?.value === 'not';
      if (isNot) next();
      const word = next();
      if (word?.value !== 'known') return wrong('After "is" comes "known" or "not known".', word);
      comparisons.push({ key: key.value, operator: isNot ? 'not known' : 'known' });
    } else if (operator?.value === 'contains') {
      const values = texts();
      if (!values) return wrong('After "contains" come texts in double quotes, with commas between.', peek());
      comparisons.push({ key: key.value, operator: 'contains', values });
    } else if (operator?.value === 'one') {
      const of = next();
      const values = of?.value === 'of' ? texts() : null;
      if (!values) return wrong('After "one of" come texts in double quotes, with commas between.', peek());
      comparisons.push({ key: key.value, operator: 'one of', values });
    } else {
      if (operator?.kind !== 'operator')
        return wrong(
          `After ${key.value} comes one of > >= < <= = !=, or "is known", "one of", "contains".`,
          operator,
        );
      const value = next();
      if (value?.kind === 'number')
        comparisons.push({
          ...{ key: key.value, operator: operator.value as Counting },
          ...{ value: Number(value.value), unit: unit() },
        });
      else if (value?.kind !== 'text')
        return wrong('Here stands a number, or a text in double quotes.', value);
      else if (operator.value !== '=' && operator.value !== '!=')
        return wrong('A text can only be equal (=) or not (!=).', operator);
      else comparisons.push({ key: key.value, operator: operator.value, value: value.value });
    }
    if (source.slice(at).trim() === '') return { ok: true, comparisons };
    const joint = next();
    if (joint?.value !== 'and') return wrong('Comparisons are joined by "and".', joint);
  }
}
