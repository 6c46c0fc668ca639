import type { PersonalKind } from '../../shared/domain/personal-data.js';

/** What a placeholder is called by the kind it stands for; `literal` is a text that only looks like one. */
const LABELS: Readonly<Record<PersonalKind | 'literal', string>> = {
  name: 'NAME',
  email: 'EMAIL',
  phone: 'PHONE',
  address: 'ADDRESS',
  card: 'CARD',
  iban: 'IBAN',
  account: 'ACCOUNT',
  national_id: 'ID',
  order: 'ORDER',
  ip: 'IP',
  link: 'LINK',
  secret: 'SECRET',
  literal: 'TEXT',
};

/** What stands in the place of a value, without its brackets: `EMAIL_1`, `NAME_1`, `NAME_1_FIRST`. */
export type Placeholder = string;

export const placeholderOf = (kind: PersonalKind | 'literal', number: number): Placeholder =>
  `${LABELS[kind]}_${String(number)}`;

/** The number in a placeholder of this kind; null for one of another. */
export function numberIn(placeholder: Placeholder, kind: PersonalKind | 'literal'): number | null {
  const [label, number] = placeholder.split('_');
  return label === LABELS[kind] ? Number(number) : null;
}

export const written = (placeholder: Placeholder): string => `[${placeholder}]`;

const NAMES = Object.values(LABELS).join('|');

/** Placeholders as models write them: in any case, with a space for the line, escaped as in Markdown. */
const WRITTEN = new RegExp(
  String.raw`\\?\[ ?(${NAMES})(?:\\?_| |-)?(\d{1,5})(?:(?:\\?_| |-)(FIRST|LAST))? ?\\?\]`,
  'giu',
);
/** What may be the beginning of one at the end of a text. */
const BEGUN = /\\?\[ ?[a-z]{0,7}(?:\\?_?| |-)?\d{0,5}(?:\\?_?| |-)?[a-z]{0,5} ?\\?$|\\$/iu;

/** Puts values in the place of placeholders; null leaves one as it stands. */
export function replacePlaceholders(
  text: string,
  valueOf: (placeholder: Placeholder) => string | null,
): string {
  return text.replace(WRITTEN, (whole, label: string, number: string, part: string | undefined) => {
    const plain = `${label.toUpperCase()}_${String(Number(number))}`;
    return valueOf(part === undefined ? plain : `${plain}_${part.toUpperCase()}`) ?? whole;
  });
}

/** Where a text holds what looks like a placeholder. */
export const placeholdersIn = (text: string): { readonly start: number; readonly end: number }[] =>
  Array.from(text.matchAll(WRITTEN), ({ index, 0: found }) => ({ start: index, end: index + found.length }));

/** How much of a text may go on while its end may still become a placeholder. */
export function wholeUpTo(text: string): number {
  const begun = BEGUN.exec(text);
  return begun ? begun.index : text.length;
}
