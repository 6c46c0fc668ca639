import type { CritiqueIssue } from '../../../shared/domain/critique.js';
import type { Span } from '../../../shared/domain/evidence.js';
import type { Team } from '../../../shared/domain/team.js';
import { issueOf } from './issue.js';

/** What a finding may be filled or compared with. */
export interface WordingContext {
  readonly team: Team;
  /** Everything the reply may repeat. */
  readonly allowed: string;
  /** Facts by key, for placeholders. */
  readonly facts: ReadonlyMap<string, string>;
}

/** `{{order.id}}`, `[name]`, `<date>`, `TODO`, `XX`. */
const PLACEHOLDER =
  /\{\{\s*(?<key>[\w.]+)\s*\}\}|\[(?:your |customer |first |last |order |insert )?[\p{L} _]{2,30}\](?!\()|<[\p{L}][\p{L} _-]{1,30}>|\b(?:TODO|TBD|FIXME|XXX+)\b|\bXX+\b|_{3,}/u;
const LEGAL =
  /\b(?:legally (?:required|obliged|entitled|binding)|you (?:can|could|should|may) sue|lawsuit|take (?:us|them) to court|we are (?:not )?liable|accept(?:s)? (?:no |full )?liability|breach of contract|your statutory right|you are entitled to (?:compensation|damages))\b/iu;
const MEDICAL =
  /\b(?:safe (?:to use |to take |to eat |to drink )?(?:during pregnancy|while pregnant|for babies|for infants)|(?:take|apply) \d+ ?(?:mg|ml|tablets?|pills?)|your (?:symptoms?|diagnosis|allergy|condition)|see a doctor is not|no need to see a doctor|antibiotics?|painkillers?|ibuprofen|paracetamol|harmless to (?:your )?(?:health|skin))\b/iu;
const BLAME =
  /\b(?:your (?:own )?fault|your own mistake|you should have (?!a\b|the\b|been\b|received\b|got\b)\p{L}+|you (?:failed|forgot|neglected|refused) to|as (?:i|we) (?:have )?(?:already|clearly) (?:said|explained|told)|you (?:clearly )?(?:did not|didn['’]t) (?:read|follow|listen|pay attention)|(?:is|are) to blame|blame (?:the|your)|(?:the )?(?:carrier|courier|warehouse|bank|my colleague)['’]?s fault)\b/iu;

/** Findings that make a sentence unusable: something was left to fill in, or it says what a reply must not say. */
export function checkForbidden(text: string, context: WordingContext): CritiqueIssue[] {
  const { team, allowed } = context;
  const issues = [...placeholders(text, context)];
  const open = allowed.toLowerCase();
  const flag = (pattern: RegExp, kind: CritiqueIssue['kind'], message: string): void => {
    const match = pattern.exec(text);
    // What the evidence itself says may be said.
    if (match && !open.includes(match[0].toLowerCase()))
      issues.push(issueOf(kind, message, { words: spanOf(match), fix: '' }));
  };
  flag(LEGAL, 'advice', 'This reads as legal advice.');
  flag(MEDICAL, 'advice', 'This reads as medical advice.');
  flag(BLAME, 'blame', 'This blames somebody.');
  for (const name of team.profile.guardrails.competitors) {
    const match = phrasePattern(name).exec(text);
    if (match)
      issues.push(
        issueOf('competitor', `"${match[0]}" is another company.`, { words: spanOf(match), fix: '' }),
      );
  }
  return issues;
}

function placeholders(text: string, { facts, team }: WordingContext): CritiqueIssue[] {
  const match = PLACEHOLDER.exec(text);
  if (!match) return [];
  const value = facts.get(match.groups?.['key'] ?? '');
  const isGreeting = /^(?:hi|hello|dear|hey)\b/iu.test(text);
  const fix =
    value !== undefined
      ? text.slice(0, match.index) + value + text.slice(match.index + match[0].length)
      : isGreeting
        ? team.profile.voice.greetingUnknown
        : null;
  return [issueOf('placeholder_left', `"${match[0]}" was not filled in.`, { words: spanOf(match), fix })];
}

/** How the team wants it written. The sentence stays usable; each finding has its fix. */
export function checkBrand(text: string, { team }: WordingContext): CritiqueIssue[] {
  const { bannedWords, preferredWords } = team.profile.guardrails.brand;
  const preferred = preferredWords.flatMap((line) => {
    const [instead = '', write = ''] = line.split('=').map((part) => part.trim());
    return instead !== '' && write !== '' ? [{ instead, write }] : [];
  });
  const issues = preferred.flatMap(({ instead, write }) => {
    const match = phrasePattern(instead).exec(text);
    if (!match) return [];
    const isCapital = /^\p{Lu}/u.test(match[0]);
    const better = isCapital ? write.charAt(0).toUpperCase() + write.slice(1) : write;
    const fix = text.slice(0, match.index) + better + text.slice(match.index + match[0].length);
    return [issueOf('brand_rule', `Write "${write}".`, { words: spanOf(match), fix })];
  });
  const banned = bannedWords.flatMap((phrase) => {
    const match = phrasePattern(phrase).exec(text);
    if (!match) return [];
    return [
      issueOf('brand_rule', `The team does not write "${match[0]}".`, {
        words: spanOf(match),
        fix: withoutWords(text, spanOf(match)),
      }),
    ];
  });
  return [...issues, ...banned];
}

function withoutWords(text: string, { start, end }: Span): string {
  const rest = `${text.slice(0, start).trimEnd()} ${text.slice(end).replace(/^[\s,]+/u, '')}`.trim();
  return rest.charAt(0).toUpperCase() + rest.slice(1).replace(/\s+([.,!?])/gu, '$1');
}

function phrasePattern(phrase: string): RegExp {
  const escaped = phrase
    .trim()
    .replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')
    .replace(/\s+/gu, '\\s+');
  return new RegExp(`(?<![\\p{L}\\d])${escaped}(?![\\p{L}\\d])`, 'iu');
}

function spanOf(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length };
}
