import { meansSame } from '../text/terms/terms.js';
import type { Contradiction } from './contradiction.js';
import type { Statement } from './statement.js';

/** What a thing must not suffer; stems. A source that says something does this to it forbids it, in every manual. */
const HARM = new Set(
  `damag blunt crack rust ruin destroi shrink melt harm scratch dull warp corrod spoil discolour discolor burn fade tear mould`.split(
    ' ',
  ),
);
const HARMING = /\b(?:removes?|destroys?|takes? off|strips?|dissolves?|wears? off) (?:the|its|any) \p{L}+/iu;
const ALLOWS =
  /\b(?:can|may|could|safe|fine|ok(?:ay)?|suitable|feel free|no problem|happily|recommend\w*)\b/iu;
const FORBIDS =
  /^(?:please )?(?:do not|don['’]t|never|avoid)\b|\b(?:must|should|can|may)(?: not|n['’]t)\b|\bcannot\b|\bnever\b/iu;
const MIN_SHARED = 2;

/** Whether a unit says that something does harm, without a "not". */
function speaksOfHarm({ content, negations, text }: Statement): boolean {
  // A damaged thing was harmed; it harms nothing.
  const harm = content.find(
    ({ stem, start, end }) => HARM.has(stem) && !/ed$/iu.test(text.slice(start, end)),
  );
  if (harm) return !negations.some(({ scope }) => scope.has(harm));
  return HARMING.test(text) && negations.length === 0;
}

/** "Knives may go in the dishwasher" where the source says that the dishwasher makes them blunt. */
export function allowsHarm(claim: Statement, unit: Statement): Contradiction | null {
  if (!ALLOWS.test(claim.text) || claim.negations.length > 0 || !speaksOfHarm(unit)) return null;
  if (speaksOfHarm(claim) || /\b(?:you|it) (?:can|may)\b/iu.test(unit.text) || unit.negations.length > 0)
    return null;
  const shared = claim.content.filter((term) => unit.content.some((own) => meansSame(own, term)));
  return shared.length >= MIN_SHARED
    ? { kind: 'negation_differs', message: 'The source says that this does harm.', term: shared[0] ?? null }
    : null;
}

/** "Do not put it in the dishwasher" says what such a source says, and the other way round. */
export function forbidsHarm(claim: Statement, unit: Statement): boolean {
  if (
    /^(?:please )?(?:keep|do not|don['’]t|never|avoid)\b/iu.test(unit.text) &&
    speaksOfHarm(unit) &&
    speaksOfHarm(claim)
  )
    return true;
  return FORBIDS.test(claim.text.trim()) && speaksOfHarm(unit) && unit.negations.length === 0;
}
