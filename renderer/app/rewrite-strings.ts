import type { RewriteAction } from '../../shared/domain/rewrite.js';

/** What the window says about saying the same in another way; a part of `strings`. */
export const rewriteStrings = {
  rewrite: {
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
    own: {
      label: 'Rewrite your text',
      nothing: 'There is nothing to rewrite. Write something first.',
      done: (what: string) => `Your text is rewritten: ${what}. Ctrl+Z takes it back.`,
      changedMeanwhile:
        'You went on writing, so your text stays as it is. Rewrite it again when you are done.',
      undone: 'Your text as it was before.',
      check: 'Check of the rewritten text',
      title: (what: string) => `Rewritten: ${what.toLowerCase()}`,
      unchecked: 'Not checked: there is nothing here to compare it with.',
      undo: 'Undo',
    },
  },
} as const;
