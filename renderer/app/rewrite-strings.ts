import type { RewriteAction } from '../../shared/domain/rewrite.js';

/** What the window says about saying the same in another way; a part of `strings`. */
export const rewriteStrings = {
  rewrite: {
    open: 'Rewrite',
    label: 'Rewrite the reply',
    action: {
      shorter: 'Shorter',
      longer: 'Longer',
      friendlier: 'Friendlier',
      more_formal: 'More formal',
      fix_grammar: 'Fix grammar',
      translate: 'Translate',
    } satisfies Record<RewriteAction['kind'], string>,
    translateTo: (language: string) => `Translate to ${language}`,
    needsModel: 'needs a chat model',
    overBudget: 'budget used up',
    whyNoModel: 'No chat model is set up. A lead or the settings can bring one.',
    whyOverBudget: 'Today’s budget for chat models is used up.',
    working: (what: string) => `${what}…`,
    done: (what: string) => `Rewritten and checked again: ${what}.`,
    noReply: 'There is no reply to rewrite.',
  },
} as const;
