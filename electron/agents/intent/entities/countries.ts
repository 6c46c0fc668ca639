import type { EntityFinder } from './found-entity.js';

/** Names customers use that no list of names has; case matters where the small word is an everyday one. */
const alsoCalled: Readonly<Record<string, string>> = {
  UK: 'GB',
  'U.K.': 'GB',
  'Great Britain': 'GB',
  Britain: 'GB',
  England: 'GB',
  Scotland: 'GB',
  Wales: 'GB',
  'Northern Ireland': 'GB',
  USA: 'US',
  'U.S.': 'US',
  'U.S.A.': 'US',
  'the States': 'US',
  America: 'US',
  Holland: 'NL',
  'The Netherlands': 'NL',
  'Czech Republic': 'CZ',
  Turkey: 'TR',
  Russia: 'RU',
  Bosnia: 'BA',
};
/** Also names of people or things: only after "to", "in", "from" or "for", and with a capital. */
const DOUBTFUL = new Set([
  'Jordan',
  'Chad',
  'Georgia',
  'Turkey',
  'Mali',
  'Cuba',
  'Guinea',
  'Jersey',
  'Wales',
  'America',
  'Niger',
  'Togo',
  'Oman',
  'Peru',
]);
const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

function countryNames(): Map<string, string> {
  const codeByName = new Map<string, string>();
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  for (const first of letters) {
    for (const second of letters) {
      const name = names.of(first + second);
      if (name !== undefined && !/^(?:EU|EZ|UN|XA|XB|ZZ|QO)$/u.test(first + second))
        codeByName.set(name, first + second);
    }
  }
  for (const [name, code] of Object.entries(alsoCalled)) codeByName.set(name, code);
  return codeByName;
}

const codeByName = countryNames();
const codeByLowerName = new Map([...codeByName].map(([name, code]) => [name.toLowerCase(), code]));
const escaped = [...codeByName.keys()]
  .sort((a, b) => b.length - a.length)
  .map((name) => name.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'));
const COUNTRY = new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
const PLACE_BEFORE = /\b(?:to|in|from|for|into|via|of)\s+$/iu;

/** Countries by their English names; the value is the usual English name ("UK" becomes "United Kingdom"). */
export const findCountries: EntityFinder = (text) =>
  Array.from(text.matchAll(COUNTRY)).flatMap((match) => {
    const [written] = match;
    const code = codeByLowerName.get(written.toLowerCase());
    if (code === undefined) return [];
    const before = text.slice(Math.max(0, match.index - 10), match.index);
    const isShort =
      /^[\p{L}.]{2,6}$/u.test(written) &&
      written.toUpperCase() in { UK: 1, USA: 1, 'U.S.': 1, 'U.K.': 1, 'U.S.A.': 1 };
    const isDoubtful = [...DOUBTFUL].some((name) => name.toLowerCase() === written.toLowerCase());
    if (isDoubtful && !(PLACE_BEFORE.test(before) && /^\p{Lu}/u.test(written))) return [];
    // "us" is a pronoun; "uk" and "usa" are nothing else.
    if (!isShort && written.length < 4) return [];
    return [
      {
        kind: 'country' as const,
        value: names.of(code) ?? written,
        start: match.index,
        end: match.index + written.length,
      },
    ];
  });
