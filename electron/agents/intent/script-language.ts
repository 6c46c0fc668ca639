/** Scripts that one language among those of support mail uses, and letters that only one language of a script has. First match wins. */
const byLetters: readonly (readonly [language: string, pattern: RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['zh', /\p{Script=Han}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['ka', /\p{Script=Georgian}/gu],
  ['hy', /\p{Script=Armenian}/gu],
  ['ta', /\p{Script=Tamil}/gu],
  ['te', /\p{Script=Telugu}/gu],
  ['bn', /\p{Script=Bengali}/gu],
  ['ur', /[\u0679\u0688\u0691\u06ba\u06d2\u06be]/gu],
  ['fa', /[\u067e\u0686\u0698\u06af\u06cc]/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['be', /[\u045e\u040e]/gu],
  ['uk', /[\u0456\u0457\u0454\u0491\u0406\u0407\u0404\u0490]/gu],
  ['sr', /[\u0458\u0459\u045a\u045b\u045f\u0452]/gu],
  ['ru', /[\u044b\u044d\u0451\u042b\u042d\u0401]/gu],
];

/**
 * The language of a text that is not in Latin script, from its letters alone; null when they are shared by several languages
 * (Cyrillic without a telling letter, Devanagari).
 */
export function languageOfScript(text: string): string | null {
  return byLetters.find(([, pattern]) => text.search(pattern) !== -1)?.[0] ?? null;
}
