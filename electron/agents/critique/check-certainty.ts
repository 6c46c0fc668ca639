import type { PoolUnit } from './evidence-pool.js';
import { fatal, type Finding } from './finding.js';
import type { Statement } from './statement.js';

/** Words that claim more than a source which lacks them, and what in a source bears them out. */
const STRONG: readonly (readonly [RegExp, RegExp])[] = [
  [
    /\b(?:always|in (?:all|every) cases?|without exception|invariably)\b/iu,
    /\b(?:always|all|every|each|never)\b/iu,
  ],
  [
    /\b(?:every(?! (?:\d|other|day|week|month|year|two|three|four|five|six))|each|any(?!\s?more\b|one\b)|everyone|everybody|whenever|whatever reason)\b/iu,
    /\b(?:every|each|all|any|everyone|always|at any time|per)\b/iu,
  ],
  [
    /\b(?:definitely|certainly|surely|guaranteed?|for sure|without (?:a )?doubt|100 ?%)\b/iu,
    /\b(?:definitely|certainly|surely|guarantee[ds]?)\b/iu,
  ],
  [/\bautomatic(?:ally)?\b/iu, /\b(?:automatic|automatically|by itself|by themselves|on its own)\b/iu],
  [
    /\b(?:immediately|instantly|right away|straight away|at once|this minute|within (?:seconds|minutes)|on the spot)\b/iu,
    /\b(?:immediately|instantly|right away|straight away|at once|same day|as soon as|right after)\b/iu,
  ],
  [
    /\b(?:today|tonight|tomorrow|this (?:morning|afternoon|evening))\b/iu,
    /\b(?:today|tonight|tomorrow|this)\b/iu,
  ],
  [/\bnever\b/iu, /\b(?:never|not|no|cannot|none|nothing)\b/iu],
  [/\bthe same day\b/iu, /\bsame (?:business )?day\b/iu],
  [/\bno (?:matter|questions)\b/iu, /\bno (?:matter|questions)\b/iu],
];
/** A source that speaks so leaves it open. */
const HEDGE =
  /\b(?:usually|normally|generally|typically|often|mostly|sometimes|may|might|can|could|about|up to|some|most|estimated?|expected)\b/iu;
const QUANTIFIER = 1;

/** A claim must not be surer, wider or faster than its source: "always" for "usually", "all" for "most", "at once" for nothing of the kind. */
export function checkCertainty(claim: Statement, units: readonly PoolUnit[]): Finding[] {
  const source = units.map(({ text }) => text).join('\n');
  return [
    ...surerThanExpected(claim, units),
    ...STRONG.flatMap(([said, borneOut], at) => {
      const match = said.exec(claim.text);
      if (!match || borneOut.test(source)) return [];
      // "All" and "any" are everyday words; they weigh only against a source that holds back.
      if (at === QUANTIFIER && !HEDGE.test(source) && claim.negations.length > 0) return [];
      return [
        fatal('promise', `"${match[0]}" says more than the source.`, {
          words: { start: match.index, end: match.index + match[0].length },
        }),
      ];
    }),
  ].slice(0, 1);
}

const EXPECTED = /\b(?:expected|estimated?|probably)\b/iu;

/** "It will ship on that day" from "the expected day". */
function surerThanExpected(claim: Statement, [best]: readonly PoolUnit[]): Finding[] {
  const will = /\b(?:will|['’]ll)\b(?= (?:be|ship|arrive|come|deliver|leave|send|reach|get)\b)/iu.exec(
    claim.text,
  );
  if (!will || !best || !EXPECTED.test(best.text) || claim.negations.length > 0) return [];
  if (
    EXPECTED.test(claim.text) ||
    HEDGE.test(claim.text) ||
    /\b(?:should|around|see|show|find)\b/iu.test(claim.text)
  )
    return [];
  return [
    fatal('promise', 'The source only expects this.', {
      words: { start: will.index, end: will.index + will[0].length },
    }),
  ];
}
