import type { Channel } from '../../../shared/domain/conversation.js';
import type { DraftVariant } from '../../../shared/domain/draft.js';
import type { TeamProfile } from '../../../shared/domain/team.js';
import { fenceNotice } from '../text/fence.js';
import type { StagePrompt } from '../writing/choose-prompt.js';

/** What the drafting model is told when the team says nothing else. */
export const draftingPrompt: StagePrompt = {
  stage: 'drafting',
  version: 0,
  text: [
    'You write replies for a customer support team. A support rep reads each reply before it is sent.',
    'Answer every question the customer asked, the most important one first. Begin with what is true of their own order where facts are given.',
    'Say it in your own plain words, warm and direct, as an experienced rep does. Do not repeat the question, do not explain what was not asked.',
    'Where a rule has conditions (who, which goods, which country, until when), say the ones that hold for this customer and leave the others out.',
    'One short sentence of regret where something went wrong for them, none otherwise.',
    'Where a question cannot be answered from the sources, do not guess: leave it out, or ask the one thing you need to know.',
  ].join('\n'),
};

export interface DraftingFrame {
  readonly profile: TeamProfile;
  readonly channel: Channel;
  readonly variant: DraftVariant;
  /** ISO 639-1 code of the language to write in. */
  readonly language: string;
  /** False where greeting and closing are put around the reply afterwards. */
  readonly writesCourtesies: boolean;
  /** ISO day. */
  readonly today: string;
  readonly boundary: string;
}

const MAX_SENTENCES: Readonly<Record<Channel, Readonly<Record<DraftVariant, number>>>> = {
  chat: { standard: 5, shorter: 2, other_source: 5 },
  email: { standard: 9, shorter: 4, other_source: 9 },
};

/** The part of the instructions a team cannot change: the form that is read back, what may be stated, and what is data. */
export function draftingFrame(frame: DraftingFrame): string {
  const { profile, channel, variant, language, today, boundary } = frame;
  return [
    `You write for ${profile.supportName}. Today is ${today}. The customer is reached by ${channel}.`,
    `Write in ${nameOf(language)}. At most ${String(MAX_SENTENCES[channel][variant])} sentences.`,
    '',
    '# Form',
    'Write the reply and nothing else: no title, no comment, no Markdown, no quotation marks around it.',
    'One sentence a line. An empty line begins a new paragraph. Steps are lines that begin with "1. ", "2. ".',
    'End each line that states something with the ids it stands on, in square brackets: [E1] for a passage, [T1:order.status] for a fact, several as [E1][T1:order.status].',
    'Use only ids you were given. Lines that state nothing (regret, thanks, a question back) carry no id.',
    frame.writesCourtesies
      ? `Begin with a greeting by first name and end with a closing line and the signature "${profile.voice.signature}", in the same language.`
      : 'Leave greeting, closing line and signature out; they are added.',
    '',
    '# Limits',
    'State nothing the given passages and facts do not say: no number, date, price, name, link or exception of your own. Copy numbers and dates exactly.',
    'Promise nothing, give no legal or medical advice, blame nobody, speak of no other customer.',
    ...(profile.guardrails.neverPromise.length === 0
      ? []
      : [`Never write: ${profile.guardrails.neverPromise.map((phrase) => `"${phrase}"`).join(', ')}.`]),
    '',
    '# Data',
    fenceNotice(boundary),
  ].join('\n');
}

function nameOf(language: string): string {
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language;
}
