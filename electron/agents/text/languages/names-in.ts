import type { ComparedLanguage } from './language-words.js';

/** A name as it is written, UTF-16 units. */
export interface WrittenName {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Capitals within the word ("DHL", "PayPal"): a name in any language. */
  readonly isBrand: boolean;
}

const MID_SENTENCE = /(?<=[\p{L}\p{N},;)"'’] )\p{Lu}[\p{L}\p{N}’'-]+(?![\p{L}\p{N}-])/gu;
const BRAND = /(?<![\p{L}\p{N}])(?:\p{Lu}{2,}|\p{L}+\p{Ll}\p{Lu}\p{L}*)(?![\p{L}\p{N}])/gu;
/** Written with a capital without being a name: days, months, polite words, abbreviations of money and time. */
const NO_NAME =
  /^(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CET|CEST|MEZ|UTC|OK|PDF|FAQ|SMS|PIN|QR|ID|VAT|TVA|IVA|BTW|MwSt|I|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|English|German|French|Spanish|Italian|Dutch|Portuguese|European|Usted(?:es)?|Ud|Uds|Lei|La|Le|Vous|Madame|Monsieur|Señora?|Signora?|U|Uw|Senhora?)$/u;

/** Words of a sentence that are written as names. In German, where every noun has a capital, only those with more than one. */
export function namesIn(text: string, language: ComparedLanguage): WrittenName[] {
  const brands = [...text.matchAll(BRAND)].map((match) => nameOf(match, true));
  const others =
    language === 'de'
      ? []
      : [...text.matchAll(MID_SENTENCE)]
          .map((match) => nameOf(match, false))
          .filter(({ start }) => !brands.some((brand) => brand.start === start));
  return [...brands, ...others].filter((one) => !NO_NAME.test(one.text)).sort((a, b) => a.start - b.start);
}

function nameOf({ 0: text, index }: RegExpExecArray, isBrand: boolean): WrittenName {
  return { text, start: index, end: index + text.length, isBrand };
}

/** Whether a text has a name, as it is or as the country is called in the language of the text. */
export function hasName(text: string, name: string, language: ComparedLanguage): boolean {
  const lower = text.toLowerCase();
  const plain = name.toLowerCase().replace(/['’]s$/u, '');
  return (
    lower.includes(plain) || countryNames(plain).some((other) => lower.includes(other[language] ?? '\0'))
  );
}

type Country = Partial<Record<ComparedLanguage, string>>;
let countries: readonly Country[] | null = null;

/** Names of countries in the compared languages, from the Unicode locale data. */
function countryNames(name: string): readonly Country[] {
  countries ??= readCountries();
  return countries.filter((country) =>
    Object.values(country).some((one) => one === name || one.split(' ').includes(name)),
  );
}

function readCountries(): Country[] {
  const languages: readonly ComparedLanguage[] = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt'];
  const naming = languages.map(
    (language) =>
      [language, new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })] as const,
  );
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  return letters.flatMap((first) =>
    letters.flatMap((second): Country[] => {
      const named = naming.flatMap(([language, names]) => {
        const name = names.of(first + second);
        return name === undefined ? [] : [[language, name.toLowerCase()] as const];
      });
      return named.length > 0 ? [Object.fromEntries(named)] : [];
    }),
  );
}
