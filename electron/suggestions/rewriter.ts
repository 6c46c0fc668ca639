import { randomUUID } from 'node:crypto';

import type { Conversation } from '../../shared/domain/conversation.js';
import type { Critique } from '../../shared/domain/critique.js';
import { draftText } from '../../shared/domain/draft-text.js';
import type { DraftSentence } from '../../shared/domain/draft.js';
import type { RewriteAction, RewriteSource, Rewritten } from '../../shared/domain/rewrite.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import type { Team } from '../../shared/domain/team.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import { checkEdited } from '../agents/check-edited.js';
import type { DraftCheck } from '../agents/critique/check-draft.js';
import { inheritVerdicts } from '../agents/rewrite/inherit-verdicts.js';
import { ownSentences } from '../agents/rewrite/rewrite-reply.js';
import { rewriteWithModel } from '../agents/rewrite/rewrite-with-model.js';
import { shorten } from '../agents/rewrite/shorten.js';
import type { Inbox } from '../helpdesk/inbox.js';
import type { ChatModel } from '../models/chat-model.js';

type Reply = Extract<Suggestion, { outcome: 'reply' }>;

export interface RewriterDeps {
  readonly find: (runId: string) => Suggestion | null;
  readonly team: () => Team;
  readonly helpdesk: Pick<Inbox, 'open'>;
  readonly chat: ChatModel | null;
  readonly check: DraftCheck;
  readonly now: () => Date;
  readonly log: Logger;
}

/** Says the same in another way, at the rep's wish. */
export interface Rewriter {
  /**
   * Stores nothing. A second wish for a conversation ends the first.
   * @throws AppErrorException MODEL_MISSING, REWRITE_FAILED, REWRITE_CHANGED_FACTS, SUGGESTION_NOT_FOUND, SUGGESTION_CANCELLED, HELPDESK_*.
   */
  rewrite(conversationId: string, source: RewriteSource, action: RewriteAction): Promise<Rewritten>;
}

export function createRewriter({ find, team, helpdesk, chat, check, now, log }: RewriterDeps): Rewriter {
  const running = new Map<string, AbortController>();

  function replyOf(runId: string, conversationId: string): Reply {
    const suggestion = find(runId);
    if (suggestion?.outcome !== 'reply' || suggestion.conversationId !== conversationId)
      throw new AppErrorException('SUGGESTION_NOT_FOUND', runId);
    return suggestion;
  }

  /** What the rep's own text is checked against, whatever the run came to. */
  function besideOf(runId: string | null, conversationId: string): Suggestion | null {
    const suggestion = runId === null ? null : find(runId);
    return suggestion?.conversationId === conversationId ? suggestion : null;
  }

  /** A translation is judged by what it was made of, where the two go sentence by sentence. */
  async function ownChecked(own: {
    readonly source: Extract<RewriteSource, { kind: 'text' }>;
    readonly action: RewriteAction;
    readonly text: string;
    readonly beside: Suggestion;
    readonly conversation: Conversation;
  }): Promise<Pick<Rewritten, 'sentences' | 'critique'>> {
    const { source, action, text, beside, conversation } = own;
    const fresh = ownSentences(text);
    const judged = action.kind === 'translate' ? ownSentences(source.text) : fresh;
    const { draft, critique } = await checkEdited({
      ...{ suggestion: beside, sentences: judged, conversation, check },
      team: team(),
      now: now(),
    });
    if (action.kind !== 'translate') return { sentences: draft.sentences, critique };
    if (judged.length !== fresh.length) return { sentences: fresh, critique: null };
    const sentences = critique.sentences.map((one) => ({
      ...one,
      issues: one.issues.map((issue) => ({ ...issue, words: null, fix: null })),
    }));
    return { sentences: fresh, critique: { ...critique, sentences } };
  }

  async function locally(
    reply: Reply,
    sentences: readonly DraftSentence[],
    conversation: Conversation,
  ): Promise<Rewritten> {
    const short = shorten(sentences);
    const { draft, critique } = await checkEdited({
      ...{ suggestion: reply, sentences: short, conversation, check },
      team: team(),
      now: now(),
    });
    const shown = draft.sentences;
    return { text: draftText(shown), sentences: shown, critique, strategy: 'local', modelUse: [] };
  }

  return {
    async rewrite(conversationId, source, action) {
      running.get(conversationId)?.abort();
      const controller = new AbortController();
      running.set(conversationId, controller);
      try {
        const conversation = await helpdesk.open(conversationId);
        const reply = source.kind === 'reply' ? replyOf(source.runId, conversationId) : null;
        const beside = source.kind === 'text' ? besideOf(source.runId, conversationId) : null;
        const sentences = source.kind === 'reply' ? source.sentences : null;
        const canShorten = action.kind === 'shorter' && reply && sentences;
        if (!chat?.isReady('rewrite')) {
          if (canShorten) return await locally(reply, sentences, conversation);
          throw new AppErrorException('MODEL_MISSING');
        }
        const runId = source.kind === 'reply' ? source.runId : randomUUID();
        const outcome = await rewriteWithModel({
          ...{ action, sentences, conversation, chat, runId },
          text: source.kind === 'text' ? source.text : draftText(source.sentences),
          intent: (reply ?? beside)?.intent ?? null,
          toolCalls: (reply ?? beside)?.toolCalls ?? [],
          team: team(),
          signal: controller.signal,
        });
        if (controller.signal.aborted) throw new AppErrorException('SUGGESTION_CANCELLED');
        if (outcome.kind !== 'rewritten') {
          log.warn('rewrite.refused', {
            conversationId,
            code: outcome.kind === 'failed' ? outcome.failure.code : 'changed',
          });
          if (canShorten) return await locally(reply, sentences, conversation);
          throw outcome.kind === 'failed'
            ? new AppErrorException('REWRITE_FAILED', outcome.failure.message)
            : new AppErrorException('REWRITE_CHANGED_FACTS', outcome.values.join(', '));
        }
        const { text, sentences: fresh, use } = outcome;
        const base = { sentences: fresh, strategy: 'model' as const, modelUse: [use] };
        if (source.kind === 'text') {
          if (!beside) return { ...base, text, critique: null };
          return { ...base, text, ...(await ownChecked({ source, action, text, beside, conversation })) };
        }
        if (!reply || !sentences) throw new AppErrorException('SUGGESTION_NOT_FOUND', runId);
        const before = { suggestion: reply, conversation, check, team: team(), now: now() };
        if (action.kind === 'translate') {
          const { critique } = await checkEdited({ ...before, sentences });
          const carried = inheritVerdicts({ sentences, critique }, fresh, action.language);
          return {
            ...base,
            sentences: withCourtesies(fresh, carried),
            text: draftText(fresh),
            critique: carried,
          };
        }
        const { draft, critique } = await checkEdited({ ...before, sentences: fresh });
        return { ...base, sentences: draft.sentences, text: draftText(draft.sentences), critique };
      } finally {
        if (running.get(conversationId) === controller) running.delete(conversationId);
      }
    },
  };
}

/** What turned out to state nothing is a courtesy, in whatever language. */
function withCourtesies(
  sentences: readonly DraftSentence[],
  { sentences: verdicts }: Critique,
): DraftSentence[] {
  const idle = new Set(
    verdicts.flatMap(({ sentenceId, support }) => (support === 'not_needed' ? [sentenceId] : [])),
  );
  return sentences.map((one) =>
    one.role === 'claim' && idle.has(one.id) ? { ...one, role: 'courtesy' } : one,
  );
}
