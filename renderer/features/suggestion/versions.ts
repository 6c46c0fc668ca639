import type { Suggestion } from '../../../shared/domain/suggestion.js';
import type { ReadyCard, Version } from './card-state.js';

/** As many as there are number keys. */
const MAX_VERSIONS = 9;

/** What a run wrote, untouched. */
export const asSuggested = (suggestion: Suggestion): Version => ({
  ...{ suggestion, original: null, rewritten: null, rewriteNo: 0 },
});

export const versionOf = ({ suggestion, original, rewritten, rewriteNo }: ReadyCard): Version => ({
  ...{ suggestion, original, rewritten, rewriteNo },
});

/** The name of a version among those of its message. */
export const versionKey = ({ suggestion: { runId }, rewriteNo }: Version): string =>
  `${runId} ${String(rewriteNo)}`;

/** What is kept of a message's versions once a card has been shown, as they are now; the one that was shown is the last. */
export function withShown(kept: readonly Version[], card: ReadyCard): readonly Version[] {
  return ofMessage([...kept, ...(card.other ? [card.other] : []), versionOf(card)], card);
}

/** All versions of the message on the card, the oldest first, each in its newest state; at most nine, the newest and the shown one. */
export function versionsOf(card: ReadyCard, kept: readonly Version[]): readonly Version[] {
  const all = withShown(kept, card).toSorted(
    (a, b) =>
      a.suggestion.createdAt.localeCompare(b.suggestion.createdAt) ||
      // A model follows the local run, whatever their clocks say.
      a.suggestion.strategy.localeCompare(b.suggestion.strategy) ||
      a.rewriteNo - b.rewriteNo,
  );
  const newest = all.slice(-MAX_VERSIONS);
  const shown = versionOf(card);
  const hasShown = newest.some((one) => versionKey(one) === versionKey(shown));
  return hasShown ? newest : [shown, ...newest.slice(1)];
}

/** The number of the next rewritten version of a run. */
export function nextRewriteNo(card: ReadyCard, kept: readonly Version[]): number {
  const own = withShown(kept, card).filter(({ suggestion: { runId } }) => runId === card.suggestion.runId);
  return Math.max(...own.map(({ rewriteNo }) => rewriteNo)) + 1;
}

/** Each name once, in its newest state and at its newest place. */
function ofMessage(
  versions: readonly Version[],
  { suggestion: { messageId } }: ReadyCard,
): readonly Version[] {
  const byName = new Map<string, Version>();
  for (const version of versions) {
    if (version.suggestion.messageId !== messageId) continue;
    byName.delete(versionKey(version));
    byName.set(versionKey(version), version);
  }
  return [...byName.values()];
}
