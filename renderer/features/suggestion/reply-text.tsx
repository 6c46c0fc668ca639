import { Fragment } from 'react';

import type { Critique } from '../../../shared/domain/critique.js';
import type { Citation, DraftSentence } from '../../../shared/domain/draft.js';
import type { Evidence } from '../../../shared/domain/evidence.js';
import type { ToolCall } from '../../../shared/domain/tool-call.js';
import { CitationChip, citedId } from './citation-chip.js';
import { MarkedWords, wordsOf } from './marked-words.js';
import { SupportMark } from './support-mark.js';

export interface ReplyTextProps {
  readonly sentences: readonly DraftSentence[];
  /** Null while the reply is written, and for a reply that needs no critique. */
  readonly critique: Critique | null;
  readonly evidence: readonly Evidence[];
  readonly toolCalls: readonly ToolCall[];
  /** Tells which ids the sentence under the pointer or the focus cites. */
  readonly onHighlight: (ids: readonly string[]) => void;
  readonly onOpenCitation: (citation: Citation) => void;
  readonly onTakeFix: (sentenceId: string) => void;
  readonly onTakeOut: (sentenceId: string) => void;
}

/** The reply, sentence by sentence: each with what it stands on and how well. */
export function ReplyText(props: ReplyTextProps) {
  const paragraphs = inParagraphs(props.sentences);
  return (
    <div className="reply-text">
      {paragraphs.map((sentences) => (
        <p key={sentences[0]?.id} dir="auto">
          {sentences.map((sentence, at) => (
            <Fragment key={sentence.id}>
              {at > 0 && (sentence.lead === 'line' ? <br /> : ' ')}
              <Sentence {...props} sentence={sentence} position={props.sentences.indexOf(sentence) + 1} />
            </Fragment>
          ))}
        </p>
      ))}
    </div>
  );
}

interface SentenceProps extends ReplyTextProps {
  readonly sentence: DraftSentence;
  readonly position: number;
}

function Sentence(props: SentenceProps) {
  const { sentence, position, critique, evidence, toolCalls, onHighlight, onOpenCitation } = props;
  const verdict = critique?.sentences.find(({ sentenceId }) => sentenceId === sentence.id);
  const words = wordsOf(verdict?.issues ?? []);
  const citations = distinct(sentence.citations);
  const ids = citations.map(citedId).filter((id) => id !== null);
  // The marks stay on the line of the last word.
  const lastWordAt = sentence.text.lastIndexOf(' ') + 1;
  const head = sentence.text.slice(0, lastWordAt);
  const lastWord = sentence.text.slice(lastWordAt);
  const light = (): void => onHighlight(ids);
  const dim = (): void => onHighlight([]);
  return (
    <span
      className="sentence"
      data-sentence={sentence.id}
      data-role={sentence.role}
      data-support={verdict?.support}
      onMouseEnter={light}
      onMouseLeave={dim}
      onFocus={light}
      onBlur={dim}
    >
      <span className="sentence-text">
        <MarkedWords text={head} spans={words} />
      </span>
      <span className="sentence-tail">
        <span className="sentence-text">
          <MarkedWords text={lastWord} at={lastWordAt} spans={words} />
        </span>
        {citations.map((citation) => (
          <CitationChip
            key={citationKey(citation)}
            citation={citation}
            evidence={evidence}
            toolCalls={toolCalls}
            onOpen={onOpenCitation}
          />
        ))}
        {verdict && (
          <SupportMark
            {...{ sentence, verdict, position, evidence, toolCalls, onOpenCitation }}
            onTakeFix={() => props.onTakeFix(sentence.id)}
            onTakeOut={() => props.onTakeOut(sentence.id)}
          />
        )}
      </span>
    </span>
  );
}

function inParagraphs(sentences: readonly DraftSentence[]): readonly (readonly DraftSentence[])[] {
  const paragraphs: DraftSentence[][] = [];
  for (const sentence of sentences) {
    const last = paragraphs.at(-1);
    if (!last || sentence.lead === 'paragraph') paragraphs.push([sentence]);
    else last.push(sentence);
  }
  return paragraphs;
}

/** A sentence may cite several facts of one call or passages of one source: one chip each is enough. */
function distinct(citations: readonly Citation[]): readonly Citation[] {
  return [...new Map(citations.map((citation) => [citationKey(citation), citation])).values()];
}

function citationKey(citation: Citation): string {
  return citation.kind === 'macro' ? `macro ${citation.macroId}` : (citedId(citation) ?? citation.kind);
}
