import type { ComparedLanguage } from '../../text/languages/language-words.js';
import { hasName, namesIn } from '../../text/languages/names-in.js';
import { wordsOf } from '../../text/words.js';
import type { PoolUnit } from '../evidence-pool.js';
import { fatal, type Finding } from '../finding.js';

/**
 * Names of a claim that no source has.
 * @param known what needs no source: the team's and the customer's names, lower case.
 */
export function checkStrangeNames(
  text: string,
  language: ComparedLanguage,
  units: readonly PoolUnit[],
  known: ReadonlySet<string>,
): Finding[] {
  return namesIn(text, language)
    .filter(({ text: name }) => !wordsOf(name).every((word) => known.has(word)))
    .filter(
      ({ text: name }) => !units.some((unit) => hasName(`${unit.text} ${unit.context.text}`, name, language)),
    )
    .map(({ text: name, start, end }) =>
      fatal('name_not_in_source', `${name} is in no source.`, { words: { start, end } }),
    );
}
