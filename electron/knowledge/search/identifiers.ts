const IDENTIFIER =
  /(?<![\p{L}\p{N}])(?=[\p{L}\p{N}-]*\p{N})\p{L}[\p{L}\p{N}]*(?:-[\p{L}\p{N}]+)*(?![\p{L}\p{N}])/gu;

/** Codes such as `PAY-311` or `E27`, letters with digits, maybe parted by dashes, as one lower-case word: `pay311`. */
export function identifiersIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(IDENTIFIER), ([code]) => identifierOf(code)))];
}

/** The form a code is indexed under. */
export function identifierOf(code: string): string {
  return code.replaceAll('-', '').toLowerCase();
}

/** Puts something else in the place of every code in a text. */
export function replaceIdentifiers(text: string, replacement: (code: string) => string): string {
  return text.replace(IDENTIFIER, replacement);
}
