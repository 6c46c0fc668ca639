import { measuresOf, type Measure } from '../text/measures.js';
import { isNegator, negationsOf, type Negation } from '../text/negation.js';
import { relationBefore, temporalRelations, type TemporalRelation } from '../text/temporal-order.js';
import { termsOf, type Term } from '../text/terms/terms.js';

/** A sentence of a draft or of the evidence, read once: what two of them are compared by. */
export interface Statement {
  readonly text: string;
  readonly terms: readonly Term[];
  /** Terms with a topic of their own that are no number. */
  readonly content: readonly Term[];
  /** The content outside conditions and reasons ("when ...", "because ..."); all of it where nothing is left. */
  readonly main: readonly Term[];
  /** Every key of {@link content}. */
  readonly keys: ReadonlySet<string>;
  /** Which terms, by id, it was already asked for. */
  readonly asked: Map<string, boolean>;
  readonly measures: readonly Measure[];
  readonly negations: readonly Negation[];
  readonly relations: readonly TemporalRelation[];
  /** Stems of neighbouring words, two by two. */
  readonly pairs: ReadonlySet<string>;
  /** "Not before it is paid": holds only after an event. */
  readonly isOnlyAfter: boolean;
}

/** Reads a text of one sentence. */
export function readStatement(text: string): Statement {
  const terms = termsOf(text);
  const measures = measuresOf(text);
  const content = terms.filter(
    (term) =>
      !term.isLight &&
      !isNegator(term) &&
      !/^\d/u.test(term.word) &&
      !measures.some(({ start, stop }) => term.start < stop && start < term.end),
  );
  return {
    text,
    terms,
    content,
    main: mainOf(content, text),
    asked: new Map(),
    keys: new Set(content.flatMap(({ keys }) => keys)),
    measures,
    pairs: new Set(terms.slice(1).map(({ stem }, at) => `${terms[at]?.stem ?? ''} ${stem}`)),
    ...directions(terms, text, measures),
  };
}

/** From a conjunction to the next comma or the end. */
const SIDE =
  /\b(?:if|when|whenever|once(?! (?:per|a|an)\b)|as soon as|as long as|after|before|until|till|unless|because|since|while|although|so that|in case)\b[^,;]*/giu;

function mainOf(content: readonly Term[], text: string): readonly Term[] {
  const sides = [...text.matchAll(SIDE)].map(({ 0: side, index }) => ({
    start: index,
    end: index + side.length,
  }));
  const main = content.filter(
    (term) => !sides.some(({ start, end }) => start <= term.start && term.end <= end),
  );
  return main.length > 0 ? main : content;
}

/** "Not charged until it is packed" denies nothing: charged after. "As long as it is not packed" is before. */
function directions(
  terms: readonly Term[],
  text: string,
  measures: readonly Measure[],
): Pick<Statement, 'negations' | 'relations' | 'isOnlyAfter'> {
  const isNumber = (term: Term): boolean =>
    measures.some(({ start, stop }) => term.start < stop && start < term.end);
  const negations = negationsOf(terms, text, isNumber);
  const relations = temporalRelations(terms, text);
  const notUntil = /\b(?:not|no|n['’]t|never)\b(?:(?![;.]).)*?\b(?:until|till|before)\b/iu.exec(
    text.replace(/n['’]t\b/gu, ' not'),
  );
  const until = relations.find(
    ({ order, start }) => order === 'before' && /^(?:until|till)/iu.test(text.slice(start)),
  );
  if (notUntil && until && negations.length === 1)
    return {
      isOnlyAfter: true,
      negations: [],
      relations: relations.map((one) => (one === until ? { ...one, order: 'after' as const } : one)),
    };
  const asLong = /\b(?:as long as|while|so long as|provided)\b/iu.exec(text);
  const denied =
    asLong &&
    negations.find(
      ({ head }) =>
        head !== null && head.start > asLong.index && !/[,;]/u.test(text.slice(asLong.index, head.start)),
    );
  if (asLong && denied?.head)
    return {
      isOnlyAfter: false,
      negations: negations.filter((one) => one !== denied),
      relations: [...relations, relationBefore(denied.head, asLong.index)],
    };
  return { isOnlyAfter: false, negations, relations };
}
