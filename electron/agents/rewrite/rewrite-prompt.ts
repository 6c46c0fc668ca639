import type { RewriteAction } from '../../../shared/domain/rewrite.js';
import type { Team } from '../../../shared/domain/team.js';
import { fenceNotice } from '../text/fence.js';

const wishes: Readonly<Record<Exclude<RewriteAction['kind'], 'translate'>, string>> = {
  shorter:
    'Make it clearly shorter, about half as long: drop what is said twice and what was not asked. What stays keeps its numbers, dates, names and conditions.',
  longer:
    'Make it a little fuller and easier to follow. Explain what is there in more words; add no fact, number, date, name or condition.',
  friendlier: 'Make it warmer and more personal, without flattery or exclamation marks in every line.',
  more_formal: 'Make it more formal and businesslike, without becoming stiff or longer.',
  fix_grammar:
    'Correct spelling, grammar and punctuation only. Change no word that is right, and keep tone, order and line breaks.',
};

/** Instructions to rewrite: what is wanted, what must stay, and how the answer looks. */
export function rewriteInstructions(
  action: RewriteAction,
  { profile }: Team,
  { boundary, hasCitations }: { readonly boundary: string; readonly hasCitations: boolean },
): string {
  return [
    `You edit a message that ${profile.supportName} is about to send to a customer.`,
    action.kind === 'translate'
      ? `Translate it into ${languageName(action.language)}, as a native speaker of the team would write it. Leave names, order numbers and links as they are.`
      : `${wishes[action.kind]} Write in the language it is written in.`,
    '',
    '# Limits',
    'It must say the same: every number, amount, date, name, condition and "not" stays as it is. Add nothing, promise nothing.',
    hasCitations
      ? 'Each line ends with ids in square brackets that say where it comes from. Put the same ids behind the line that now says the same; never invent one. Lines without ids stay without.'
      : 'Keep line breaks where they help.',
    'Write the new message and nothing else: no title, no comment, no quotation marks around it.',
    ...(hasCitations ? ['One sentence a line. An empty line begins a new paragraph.'] : []),
    '',
    '# Data',
    fenceNotice(boundary),
  ].join('\n');
}

function languageName(code: string): string {
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code;
}
