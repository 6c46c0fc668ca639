import type { PersonalKind, PrivacyMode, PrivacySettings } from '../../shared/domain/personal-data.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { Detector } from '../../shared/personal-data/detect.js';
import type { Found, KnownValue } from '../../shared/personal-data/found.js';
import type { Disguised, OutboundGuard, TextGuard } from '../models/outbound-port.js';
import { conversationPlaceholders, type ConversationPlaceholders } from './conversation-placeholders.js';
import { createPassingPlaceholders, type PlaceholderStore } from './placeholder-store.js';
import { placeholdersIn, written } from './placeholder.js';
import { restorer } from './restore.js';

export interface OutboundGuardDeps {
  /** Of the team in force; asked at each call. */
  readonly detector: () => Detector;
  readonly settings: () => PrivacySettings;
  readonly placeholders: PlaceholderStore;
  readonly log: Logger;
}

/** Both guards, of conversations and of single texts. */
export interface PrivacyGuard extends OutboundGuard, TextGuard {
  /** Forgets what stood for whom in a conversation, in memory. */
  forget(conversationId: string): void;
}

/** Conversations whose values are kept in memory; the others' come again with their texts. */
const MOST_CONVERSATIONS = 200;

/** Decides what of a text may leave, by the settings of this computer. */
export function createOutboundGuard(deps: OutboundGuardDeps): PrivacyGuard {
  const { detector, settings, log } = deps;
  const open = new Map<string, ConversationPlaceholders>();

  const placeholdersOf = (conversationId: string): ConversationPlaceholders => {
    const found =
      open.get(conversationId) ?? conversationPlaceholders(safe(deps.placeholders, log), conversationId);
    open.delete(conversationId);
    open.set(conversationId, found);
    const [oldest] = open.keys();
    if (open.size > MOST_CONVERSATIONS && oldest !== undefined) open.delete(oldest);
    return found;
  };

  const disguise = (
    texts: readonly string[],
    privateValues: readonly KnownValue[],
    placeholders: ConversationPlaceholders,
  ): Disguised | null => {
    const { mode, kinds } = settings();
    if (mode === 'block') return null;
    const modeOf = (kind: PersonalKind): PrivacyMode => kinds[kind] ?? mode;
    const names = placeholders.names().map((value) => ({ kind: 'name' as const, value }));
    const finds = detector()(texts, [...privateValues, ...names]);
    if (finds.flat().some(({ kind }) => modeOf(kind) === 'block')) return null;
    // In this order people get their numbers: those who are known first, whole names before their parts.
    for (const { kind, value } of privateValues)
      if (modeOf(kind) === 'anonymise') placeholders.of(kind, value);
    const wholeNames = texts.flatMap((text, at) => namesIn(text, finds[at] ?? []));
    if (modeOf('name') === 'anonymise') wholeNames.forEach((name) => placeholders.of('name', name));
    const counts = { replaced: new Counts(), kept: new Counts() };
    const disguised = texts.map((text, at) =>
      replaceFound(text, finds[at] ?? [], (kind, value) => {
        if (kind !== 'literal' && modeOf(kind) === 'as_is') {
          counts.kept.add(kind);
          return null;
        }
        if (kind !== 'literal') counts.replaced.add(kind);
        return written(placeholders.of(kind, value));
      }),
    );
    return {
      texts: disguised,
      replaced: counts.replaced.read(),
      kept: counts.kept.read(),
      ...restorer((placeholder) => placeholders.valueOf(placeholder)),
    };
  };

  return {
    maySend: () => settings().mode !== 'block',
    disguise: ({ conversationId, texts, privateValues }) =>
      disguise(texts, privateValues, placeholdersOf(conversationId)),
    disguiseOnce: (texts) => disguise(texts, [], conversationPlaceholders(createPassingPlaceholders(), '')),
    forget: (conversationId) => void open.delete(conversationId),
  };
}

class Counts {
  readonly #counts: Record<string, number> = {};

  add(kind: string): void {
    this.#counts[kind] = (this.#counts[kind] ?? 0) + 1;
  }

  read(): Readonly<Record<string, number>> {
    return this.#counts;
  }
}

/** Names of several words first, so that a part of one is known as such. */
const namesIn = (text: string, finds: readonly Found[]): string[] =>
  finds
    .filter(({ kind }) => kind === 'name')
    .map(({ start, end }) => text.slice(start, end))
    .filter((name) => /\s/u.test(name));

/** Replaces finds, and what looks like a placeholder already, so that nobody can ask for another's value by writing one. */
function replaceFound(
  text: string,
  finds: readonly Found[],
  replacement: (kind: PersonalKind | 'literal', value: string) => string | null,
): string {
  const literals = placeholdersIn(text)
    .filter(({ start, end }) => !finds.some((find) => find.start < end && start < find.end))
    .map((span) => ({ kind: 'literal' as const, ...span }));
  const all = [...finds, ...literals].sort((a, b) => a.start - b.start);
  let result = '';
  let from = 0;
  for (const { kind, start, end } of all) {
    const value = text.slice(start, end);
    result += text.slice(from, start) + (replacement(kind, value) ?? value);
    from = end;
  }
  return result + text.slice(from);
}

/** A store that cannot be written costs stability over a restart, not the call; the ledger decides whether anything leaves. */
function safe(store: PlaceholderStore, log: Logger): PlaceholderStore {
  return {
    ...store,
    keep(...args) {
      try {
        store.keep(...args);
      } catch {
        log.warn('placeholder.not_kept', { code: 'LEDGER_NOT_WRITABLE' });
      }
    },
  };
}
