import { plural } from './plural.js';

/** What the window says about the versions of a reply; a part of `strings`. */
export const alternativesStrings = {
  alternatives: {
    label: 'Alternatives',
    open: 'Alternatives',
    openMany: (count: number) => `Alternatives, ${String(count)} so far`,
    another: (variant: string) => `Ask for another: ${variant.toLowerCase()}`,
    local: 'Local',
    model: 'Model',
    rewritten: (how: string) => `rewritten: ${how}`,
    noReply: { withheld: 'No reply offered', escalated: 'Handover' },
    counts: (counts: {
      readonly supported: number;
      readonly claims: number;
      readonly bad: number;
      readonly words: number;
      readonly isEdited: boolean;
    }) =>
      [
        counts.claims === 0
          ? 'No claims to support'
          : `${String(counts.supported)} of ${String(counts.claims)} supported`,
        ...(counts.bad === 0 ? [] : [`${String(counts.bad)} not supported`]),
        plural(counts.words, 'word'),
        ...(counts.isEdited ? ['changed by you'] : []),
      ].join(' · '),
    chosen: (name: string) => `Shown: ${name}.`,
    back: 'The reply as it was before.',
    backTo: 'Back to the reply before',
    gone: 'This alternative is for an earlier message.',
  },
} as const;
