import type { Span } from '../../../shared/domain/evidence.js';
import type { Atom } from './atoms.js';

/** Sentences that begin so lean on the one before, so a passage that starts with one also takes that one. */
const LEANS_BACK =
  /^(?:it|its|this|that|these|those|they|their|he|she|then|otherwise|however|but|also|instead|in (?:this|that) case|if so|after that)\b/i;

/**
 * Packs the atoms of one section into spans of at most `maxTokens`, about equally long. A list or a set of table rows
 * stays whole where it fits into one passage, a sentence that announces it stays with it, and two passages share a
 * sentence only where the second could not be understood without it.
 */
export function packAtoms(atoms: readonly Atom[], maxTokens: number, markdown: string): Span[] {
  const total = weigh(atoms);
  const full = pack(atoms, maxTokens, maxTokens, markdown);
  // Even parts search better than full ones and a last one of a single sentence.
  const even = full.length > 1 ? pack(atoms, maxTokens, evenShare(total, full.length), markdown) : full;
  const passages = even.length <= full.length ? even : full;
  return passages.map((passage, i) => spanOf(passage, passages[i - 1], maxTokens, markdown));
}

/** A little over the exact share, so that rounding to sentences does not leave a rest. */
const evenShare = (total: number, parts: number): number => (total / parts) * 1.08;

function pack(atoms: readonly Atom[], maxTokens: number, aim: number, markdown: string): Atom[][] {
  const passages: Atom[][] = [];
  let open: Atom[] = [];
  for (const group of groups(atoms, maxTokens)) {
    const isOver = weigh(open) + weigh(group) > maxTokens || weigh(open) + weigh(group) / 2 > aim;
    if (open.length > 0 && isOver) {
      const lead = announces(open.at(-1), markdown) && open.length > 1 ? open.pop() : undefined;
      passages.push(open);
      open = [];
      if (lead && lead.tokens + weigh(group) <= maxTokens) open.push(lead);
      else if (lead) passages.at(-1)?.push(lead);
    }
    open.push(...group);
  }
  if (open.length > 0) passages.push(open);
  return passages;
}

const weigh = (atoms: readonly Atom[]): number => atoms.reduce((sum, { tokens }) => sum + tokens, 0);

/** Lists and tables that fit are one group; every other atom is its own. */
function groups(atoms: readonly Atom[], maxTokens: number): Atom[][] {
  const blocks: Atom[][] = [];
  for (const atom of atoms) {
    const last = blocks.at(-1);
    if (last?.[0]?.block === atom.block) last.push(atom);
    else blocks.push([atom]);
  }
  return blocks.flatMap((block) =>
    block[0]?.kind !== 'sentence' && weigh(block) <= maxTokens ? [block] : block.map((atom) => [atom]),
  );
}

function announces(atom: Atom | undefined, markdown: string): boolean {
  return atom?.kind === 'sentence' && markdown.slice(atom.start, atom.end).endsWith(':');
}

function spanOf(
  passage: readonly Atom[],
  before: readonly Atom[] | undefined,
  maxTokens: number,
  markdown: string,
): Span {
  const first = passage[0];
  const previous = before?.at(-1);
  let start = first?.start ?? 0;
  if (
    first?.kind === 'sentence' &&
    previous?.block === first.block &&
    LEANS_BACK.test(markdown.slice(first.start, first.end)) &&
    previous.tokens + weigh(passage) <= maxTokens
  ) {
    start = previous.start;
  }
  return { start, end: passage.at(-1)?.end ?? start };
}
