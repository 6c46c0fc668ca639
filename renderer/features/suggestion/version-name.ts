import { draftText } from '../../../shared/domain/draft-text.js';
import { strings } from '../../app/strings.js';
import type { Version } from './card-state.js';
import { groundedness } from './card-view.js';

const text = strings.alternatives;

/** Who wrote it, and how: "Local", "gpt-5-mini, shorter", "Local, rewritten: friendlier". */
export function versionName({ suggestion, rewritten }: Version): string {
  const model = suggestion.modelUse.find(({ task }) => task === 'drafting')?.usage.model;
  const by = suggestion.strategy === 'local' ? text.local : (model ?? text.model);
  const how = [
    ...(suggestion.variant === 'standard' ? [] : [strings.reply.variant[suggestion.variant].toLowerCase()]),
    ...(rewritten === null ? [] : [text.rewritten(strings.rewrite.action[rewritten].toLowerCase())]),
  ];
  return [by, ...how].join(', ');
}

/** How well it stands on its sources, and how long it is. */
export function versionCounts({ suggestion, original, rewritten }: Version): string {
  if (suggestion.outcome !== 'reply') return text.noReply[suggestion.outcome];
  const { sentences } = suggestion.draft;
  const { supported, claims } = groundedness(sentences, suggestion.critique);
  const bad = suggestion.critique.sentences.filter(({ support }) => support === 'unsupported').length;
  const words = draftText(sentences).split(/\s+/).filter(Boolean).length;
  return text.counts({ supported, claims, bad, words, isEdited: original !== null && rewritten === null });
}
