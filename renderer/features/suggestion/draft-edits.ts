import type { DraftSentence } from '../../../shared/domain/draft.js';

/** The number a step of a list begins with. */
const STEP = /^\d+\. /;

/** The reply with one sentence said as `text`; an empty one takes it out. */
export function withSentence(
  sentences: readonly DraftSentence[],
  sentenceId: string,
  text: string,
): readonly DraftSentence[] {
  if (text.trim() === '') return withoutSentences(sentences, [sentenceId]);
  return sentences.map((sentence) => (sentence.id === sentenceId ? { ...sentence, text } : sentence));
}

/** The reply without some sentences: what came after begins where they began, and the steps of a list are numbered anew. */
export function withoutSentences(
  sentences: readonly DraftSentence[],
  sentenceIds: readonly string[],
): readonly DraftSentence[] {
  const out = new Set(sentenceIds);
  const kept: DraftSentence[] = [];
  let widest: DraftSentence['lead'] | null = null;
  for (const sentence of sentences) {
    if (out.has(sentence.id)) widest = wider(widest, sentence.lead);
    else {
      kept.push(widest === null ? sentence : { ...sentence, lead: wider(widest, sentence.lead) });
      widest = null;
    }
  }
  return inSteps(kept);
}

const widths = { space: 0, line: 1, paragraph: 2 } as const;

function wider(a: DraftSentence['lead'] | null, b: DraftSentence['lead']): DraftSentence['lead'] {
  return a !== null && widths[a] > widths[b] ? a : b;
}

/** A list that follows on in the same paragraph counts on; a new paragraph that begins with a step counts from 1. */
function inSteps(sentences: readonly DraftSentence[]): readonly DraftSentence[] {
  let number = 0;
  return sentences.map((sentence) => {
    if (!STEP.test(sentence.text)) {
      if (sentence.lead === 'paragraph') number = 0;
      return sentence;
    }
    number += 1;
    return { ...sentence, text: sentence.text.replace(STEP, `${number}. `) };
  });
}
