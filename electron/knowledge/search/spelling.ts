/** Suggests the word of the articles a customer meant to type. */
export interface Spelling {
  isKnown(word: string): boolean;
  /** The known word one slip away (a letter missing, doubled, wrong, or two swapped), null when there is none. */
  correct(word: string): string | null;
}

const MIN_LETTERS = 4;

/** Symmetric deletes (W. Garbe, SymSpell): two words one slip apart share a form with one letter left out. */
export function createSpelling(words: Iterable<string>): Spelling {
  const known = new Set<string>();
  const byDelete = new Map<string, string[]>();
  for (const word of words) {
    if (known.has(word)) continue;
    known.add(word);
    if (word.length < MIN_LETTERS || /\d/.test(word)) continue;
    for (const form of [word, ...deletes(word)]) {
      const list = byDelete.get(form);
      if (list) list.push(word);
      else byDelete.set(form, [word]);
    }
  }
  return {
    isKnown: (word) => known.has(word),
    correct(word) {
      if (word.length < MIN_LETTERS || known.has(word) || /\d/.test(word)) return null;
      const candidates = new Set([word, ...deletes(word)].flatMap((form) => byDelete.get(form) ?? []));
      const near = [...candidates].filter((candidate) => isLikelySlip(word, candidate));
      // People hardly ever mistype the first letter, and they drop and swap more than they replace.
      near.sort((a, b) => slipCost(word, a) - slipCost(word, b) || (a < b ? -1 : 1));
      const best = near[0];
      return best !== undefined && best[0] === word[0] ? best : null;
    },
  };
}

function deletes(word: string): string[] {
  return Array.from(word, (_, i) => word.slice(0, i) + word.slice(i + 1));
}

function slipCost(typed: string, meant: string): number {
  const firstLetter = typed[0] === meant[0] ? 0 : 4;
  if (typed.length !== meant.length) return firstLetter + 1;
  return firstLetter + (sortedLetters(typed) === sortedLetters(meant) ? 0 : 2);
}

const sortedLetters = (word: string): string => Array.from(word).sort().join('');

/** Short words have many neighbours, so there only letters swapped or left out count. */
function isLikelySlip(typed: string, meant: string): boolean {
  if (!isOneSlip(typed, meant)) return false;
  return typed.length > MIN_LETTERS || meant.length > typed.length || slipCost(typed, meant) === 0;
}

/** Optimal string alignment distance of exactly one. */
function isOneSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const restA = a.slice(start, endA);
  const restB = b.slice(start, endB);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}
