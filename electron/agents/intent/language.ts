import { detectAll } from 'tinyld';

/** Languages looked for in Latin script: a shop hears these, and the fewer there are the fewer typing errors pass for Afrikaans. */
const LATIN = [
  'en',
  'de',
  'nl',
  'fr',
  'es',
  'it',
  'pt',
  'pl',
  'sv',
  'da',
  'no',
  'fi',
  'cs',
  'hu',
  'ro',
  'tr',
];
/** Fewer letters or words say too little. */
const MIN_LETTERS = 10;
const MIN_WORDS = 3;
/** How sure and how far ahead another language must be before a text is not taken for the team's. */
const MIN_ACCURACY = 0.5;
const MIN_LEAD = 0.3;
const MAX_CHARACTERS = 1500;
/** Frequent English words that are none in the other Latin languages above; a fifth of a text are these. */
const ENGLISH =
  /^(?:the|and|you|your|i|i'm|im|my|is|it|its|it's|that|this|have|has|with|for|not|but|are|can|how|what|when|where|please|pls|would|could|from|of|to|do|does|did|don't|dont|still|get|got|been|which|why|there|they|we|our|me)$/u;
const ENGLISH_SHARE = 0.25;

/**
 * The language of one text as ISO 639-1 code; `und` when the text is too short to tell.
 *
 * Order numbers, addresses and numbers are left out of account. Text in Latin script that fits no language clearly is taken for
 * the team's first language: typing errors are more frequent than foreign languages.
 */
export function detectLanguage(text: string, teamLanguages: readonly string[]): string {
  const plain = text
    .slice(0, MAX_CHARACTERS)
    .replace(/\S*[@/\\_\d]\S*/gu, ' ')
    .replace(/[^\p{L}\p{M}\s'\u2019]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  const letters = plain.match(/\p{L}/gu)?.length ?? 0;
  const latin = plain.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (letters === 0) return 'und';
  if (latin < letters / 2) return letters < 4 ? 'und' : (detectAll(plain)[0]?.lang ?? 'und');

  const words = plain.split(' ');
  if (letters < MIN_LETTERS || words.length < MIN_WORDS) return 'und';
  if (teamLanguages.includes('en') && englishShare(words) >= ENGLISH_SHARE) return 'en';
  const found = detectAll(plain, { only: [...new Set([...LATIN, ...teamLanguages])] });
  const [best] = found;
  const [home = 'und'] = teamLanguages;
  if (!best) return home;
  if (teamLanguages.includes(best.lang)) return best.lang;
  const own = found.find(({ lang }) => teamLanguages.includes(lang))?.accuracy ?? 0;
  return best.accuracy >= MIN_ACCURACY && best.accuracy - own >= MIN_LEAD ? best.lang : home;
}

function englishShare(words: readonly string[]): number {
  return (
    words.filter((word) => ENGLISH.test(word.toLowerCase().replaceAll('\u2019', "'"))).length / words.length
  );
}

const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** The English name of a language code. */
export function languageName(code: string): string {
  return names.of(code) ?? code;
}
