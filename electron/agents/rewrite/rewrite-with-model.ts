import type { Conversation } from '../../../shared/domain/conversation.js';
import type { DraftSentence } from '../../../shared/domain/draft.js';
import type { ModelFailure, ModelUse } from '../../../shared/domain/model-run.js';
import type { RewriteAction } from '../../../shared/domain/rewrite.js';
import type { ToolCall } from '../../../shared/domain/tool-call.js';
import type { Intent } from '../../../shared/domain/intent.js';
import type { Team } from '../../../shared/domain/team.js';
import type { ChatModel } from '../../models/chat-model.js';
import { privateValuesOf } from '../private-values.js';
import { fence, newBoundary } from '../text/fence.js';
import { factChange } from './kept-facts.js';
import { rewriteInstructions } from './rewrite-prompt.js';
import { lostCitations, markReply, ownSentences, readRewritten } from './rewrite-reply.js';

export interface RewriteRequest {
  readonly action: RewriteAction;
  /** The reply's sentences, or null for a text of the rep's own. */
  readonly sentences: readonly DraftSentence[] | null;
  /** The text as it stands. */
  readonly text: string;
  readonly conversation: Conversation;
  readonly intent: Intent | null;
  readonly toolCalls: readonly ToolCall[];
  readonly team: Team;
  readonly chat: ChatModel;
  /** For the ledger and for budgets. */
  readonly runId: string;
  readonly signal: AbortSignal;
}

/** The new text, or why there is none: the model failed, or said something else than before. */
export type RewriteOutcome =
  | {
      readonly kind: 'rewritten';
      readonly text: string;
      readonly sentences: DraftSentence[];
      readonly use: ModelUse;
    }
  | { readonly kind: 'failed'; readonly failure: ModelFailure }
  | { readonly kind: 'changed'; readonly values: readonly string[] };

/**
 * Asks a model to say the same in another way, and takes the answer only where numbers, days, codes, links and citations are the same as
 * before. Greeting and closing are rewritten with the rest, since they are in the tone that is asked to change.
 */
export async function rewriteWithModel(request: RewriteRequest): Promise<RewriteOutcome> {
  const { action, sentences, text, conversation, intent, toolCalls, team, chat, runId, signal } = request;
  const boundary = newBoundary();
  const marked = sentences && markReply(sentences);
  const instructions = rewriteInstructions(action, team, {
    boundary,
    hasCitations: (marked?.citations.size ?? 0) > 0,
  });
  const outcome = await chat.write({
    ...{ task: 'rewrite', runId, signal },
    conversationId: conversation.id,
    turns: [
      { role: 'system', text: instructions },
      {
        role: 'user',
        text: `${fence('draft', marked?.text ?? text, boundary)}\n\n# Task\nRewrite the message.`,
      },
    ],
    privateValues: privateValuesOf(conversation, { customerIntent: intent, toolCalls: [...toolCalls] }),
    ...(action.kind === 'translate' ? { expectLanguage: action.language } : {}),
  });
  if (!outcome.ok) return { kind: 'failed', failure: outcome.failure };
  const fresh = outcome.value.trim();
  if (fresh === '')
    return {
      kind: 'failed',
      failure: { code: 'MODEL_EMPTY', message: 'The model wrote nothing.', canRetry: true },
    };
  const written = marked ? readRewritten(fresh, marked) : ownSentences(fresh);
  const said = marked ? written.map((one) => one.text).join('\n') : fresh;
  const { lost, added } = factChange(
    sentences ? sentences.map((one) => one.text).join('\n') : text,
    said,
    action,
  );
  if (lost.length > 0 || added.length > 0) return { kind: 'changed', values: [...lost, ...added] };
  if (marked && lostCitations(marked, written, action) > 0) return { kind: 'changed', values: [] };
  return {
    kind: 'rewritten',
    text: fresh,
    sentences: written,
    use: { task: 'rewrite', usage: outcome.usage },
  };
}
