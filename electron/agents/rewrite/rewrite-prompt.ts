import type { RewriteAction } from '../../../shared/domain/rewrite.js';
import type { Team } from '../../../shared/domain/team.js';
import { fenceNotice } from '../text/fence.js';
import { choosePrompt, type StagePrompt } from '../writing/choose-prompt.js';

/** What the rewriting model is told when the team says nothing else. */
export const rewritePrompt: StagePrompt = {
  stage: 'rewrite',
  version: 0,
  text: [
    'You edit a message that a support rep is about to send to a customer.',
    'Change only what is asked for. Keep the plain, direct words of somebody who knows the subject.',
  ].join('\n'),
};

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

/** Instructions to rewrite: those of the team, what is wanted, and what a team cannot change: what must stay, and how the answer looks. */
export function rewriteInstructions(
  action: RewriteAction,
  team: Pick<Team, 'profile' | 'prompts'>,
  { boundary, hasCitations }: { readonly boundary: string; readonly hasCitations: boolean },
): string {
  return [
    choosePrompt(team, rewritePrompt).text,
    `The message is from ${team.profile.supportName}.`,
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
