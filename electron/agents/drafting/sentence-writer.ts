import type { DraftSentence } from '../../../shared/domain/draft.js';
import type { Team } from '../../../shared/domain/team.js';
import { closing, greeting } from '../writing/courtesies.js';
import { createInstructionEar } from '../writing/repeats-instructions.js';
import { createReplyReader, type WrittenSentence } from '../writing/reply-reader.js';
import { resolveMarks, type Citable } from '../writing/resolve-marks.js';
import { roleOf } from '../writing/sentence-role.js';
import { wordsOf } from '../text/words.js';
import type { Statement } from '../writing/statement.js';

export interface SentenceWriterOptions {
  readonly team: Team;
  readonly customerName: string;
  readonly citable: Citable;
  /** What the model was told, which is no customer's business. */
  readonly instructions: string;
  /** The mark that fences what others wrote. */
  readonly boundary: string;
  /** True where the model writes greeting and closing itself. */
  readonly writesCourtesies: boolean;
  /** Hears each sentence of the reply as soon as it is complete. */
  /** `startsOver`: it is the first of the text, and what was said before it is void. */
  readonly onSentence: (sentence: DraftSentence, startsOver: boolean) => void;
}

/** A list of steps or a long quotation may have more; a model that writes more than this has lost its way. */
const MAX_SENTENCES = 40;
const GREETING = /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^.?!]{0,60}[,!.]?$/iu;
const SIGN_OFF =
  /^(?:(?:best|kind|warm|kindest)(?: regards| wishes)|regards|sincerely|yours (?:sincerely|truly|faithfully)|cheers|all the best)\b/iu;

/** Turns what a model writes into the sentences of a draft, in the team's voice, while it comes. */
export function createSentenceWriter(options: SentenceWriterOptions) {
  const { team, customerName, citable, writesCourtesies, instructions, boundary, onSentence } = options;
  let repeatsInstructions = createInstructionEar(instructions, boundary);
  let isSpoilt = false;
  let reader = createReplyReader();
  let written: DraftSentence[] = [];
  let streamed = '';

  function say(statement: Statement): void {
    const sentence: DraftSentence = { id: `S${String(written.length + 1)}`, ...statement };
    written.push(sentence);
    onSentence(sentence, written.length === 1);
  }

  function take(found: readonly WrittenSentence[]): void {
    for (const { text, marks, lead } of found) {
      isSpoilt ||= repeatsInstructions(text);
      if (isSpoilt || written.length >= MAX_SENTENCES) return;
      if (!writesCourtesies && isAddedAnyway(text, team)) continue;
      if (written.length === 0 && !writesCourtesies) say(greeting(team.profile, customerName));
      const role = roleOf(text);
      const citations = role === 'courtesy' ? [] : resolveMarks(marks, text, citable);
      say({ text, role, citations, lead: written.length === 1 && !writesCourtesies ? 'paragraph' : lead });
    }
  }

  function restart(): void {
    repeatsInstructions = createInstructionEar(instructions, boundary);
    isSpoilt = false;
    reader = createReplyReader();
    written = [];
    streamed = '';
  }

  return {
    restart,
    push(piece: string): void {
      streamed += piece;
      if (!isNoReply(streamed)) take(reader.push(piece));
    },
    /** Whether the model began to say what it was told; then nothing of its reply counts. */
    isSpoilt: () => isSpoilt,
    /** The whole reply has come; null when it is none. `whole` counts where nothing was streamed. */
    end(whole: string): DraftSentence[] | null {
      if (isNoReply(whole)) return null;
      if (streamed.trim() !== whole.trim()) {
        // Nothing was streamed, or another model took over in the middle: only the whole counts.
        restart();
        take(reader.push(whole));
      }
      take(reader.end());
      if (isSpoilt || !written.some(({ role }) => role !== 'courtesy')) return null;
      if (!writesCourtesies) closing(team.profile).forEach(say);
      return written;
    },
  };
}

/** JSON, markup or code where sentences were asked for. */
function isNoReply(text: string): boolean {
  return /^\s*(?:[{<]|\[\s*[{"]|```)/u.test(text);
}

function isAddedAnyway(text: string, { profile }: Team): boolean {
  const said = wordsOf(text).join(' ');
  const own = [profile.voice.closing, profile.voice.signature, profile.supportName].map((one) =>
    wordsOf(one).join(' '),
  );
  return GREETING.test(text) || SIGN_OFF.test(text) || own.includes(said);
}
