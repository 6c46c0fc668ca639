import type { CritiqueIssueKind, Through } from '../../shared/domain/critique.js';
import { plural } from './plural.js';

/** What the window says of a checked reply: findings, fixes, and the question before something unsupported goes out. */
export const verdictStrings = {
  verdict: {
    finding: {
      number_not_in_source: 'Number not in the source',
      date_not_in_source: 'Date not in the source',
      name_not_in_source: 'Name not in the source',
      negation_differs: '“Not” added or lost',
      low_coverage: 'Says more than the source',
      no_citation: 'No source',
      source_expired: 'Source expired',
      internal_text: 'For the team only',
      personal_data: 'Personal data',
      promise: 'Promise',
      fact_of_other_customer: 'Another customer’s data',
      off_question: 'Beside the question',
      condition_differs: 'Condition differs',
      sources_conflict: 'Sources disagree',
      unanswered_question: 'Question not answered',
      advice: 'Legal or medical advice',
      blame: 'Blames the customer',
      competitor: 'Names a competitor',
      placeholder_left: 'Placeholder left in',
      invented_link: 'Link not in the sources',
      brand_rule: 'Not how the team writes',
      guardrail: 'Rule of the team',
      judged_unsupported: 'Doubted by the model',
      other_language: 'Another language',
    } satisfies Record<CritiqueIssueKind, string>,
    meaning: {
      supported: 'Everything it states is in its source.',
      weak: 'Its source supports it only in part. Read it before you send it.',
      unsupported: 'It must not go out unseen.',
      not_needed: 'It states nothing that needs a source.',
    },
    /** For a translation: its words were not compared with the source, its original's were. */
    carried:
      'The sentence it was translated from is in its source; numbers, names and every “not” are the same.',
    /** For a sentence that is weak only because its words could not be compared. */
    unread:
      'Its language is not that of its source, so not every word of it could be checked. Read it before you send it.',
    through: {
      original: 'Translated from',
      back_translation: 'What a model says it means',
    } satisfies Record<Through['kind'], string>,
    inSentence: 'In the sentence',
    decidedBy: 'Decided by',
    openSource: 'Open source',
    wouldBe: 'Would be right',
    takeFix: 'Take the fix',
    takeOut: 'Take it out',
    ofReply: 'About the whole reply',
    changed: 'Changed by you',
    restore: 'Restore',
    restoreLabel: 'Restore the reply as it was suggested',
    toCheck: (count: number) => `${plural(count, 'sentence')} not supported`,
  },
  gate: {
    title: 'Not everything in this reply is supported',
    body: (count: number) =>
      count === 1 ? 'Nothing supports this sentence:' : `Nothing supports these ${count} sentences:`,
    ask: 'What should happen to it?',
    cancel: 'Back to the card',
    without: { insert: 'Take out and insert', copy: 'Take out and copy' },
    edit: 'Edit it',
    anyway: { insert: 'Insert anyway', copy: 'Copy anyway' },
    recorded: 'The team sees what was let through.',
  },
} as const;
