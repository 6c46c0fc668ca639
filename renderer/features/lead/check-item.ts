import type { DraftContent } from '../../../shared/domain/draft-item.js';
import type { Playbook } from '../../../shared/domain/playbook.js';
import type { ToolPolicy } from '../../../shared/domain/tool-policy.js';
import { problemsOfModels } from './editors/team-models.js';
import { readCondition } from '../../../shared/policy/condition.js';
import { patternProblem } from '../../../shared/guardrails/rule-pattern.js';

/** What keeps an item from being saved, by the path of its field. */
export type ItemProblems = Readonly<Record<string, ItemProblem>>;
export type ItemProblem =
  | 'missing'
  | 'id'
  | 'intent_id'
  | 'pattern'
  | 'dates'
  | 'limit'
  | 'limits'
  | 'placeholder'
  | 'address'
  | 'condition'
  | 'variable';

/** Without the lines left empty while typing and the space around ids and names. */
export function tidied(content: DraftContent): DraftContent {
  switch (content.kind) {
    case 'article': {
      const { article } = content;
      return { ...content, article: { ...article, id: article.id.trim(), title: article.title.trim() } };
    }
    case 'intent': {
      const { intent } = content;
      const [examples, tools] = [lines(intent.examples), lines(intent.tools)];
      return { ...content, intent: { ...intent, id: intent.id.trim(), examples, tools } };
    }
    case 'macro': {
      const { macro } = content;
      return { ...content, macro: { ...macro, id: macro.id.trim(), intents: lines(macro.intents) } };
    }
    case 'escalation':
      return {
        ...content,
        escalation: content.escalation.map((rule) => ({ ...rule, phrases: lines(rule.phrases) })),
      };
    case 'out-of-scope':
      return { ...content, outOfScope: lines(content.outOfScope) };
    case 'profile': {
      const { guardrails, ...profile } = content.profile;
      return {
        ...content,
        profile: {
          ...profile,
          ...{ languages: lines(profile.languages), products: lines(profile.products) },
          guardrails: {
            ...guardrails,
            neverPromise: lines(guardrails.neverPromise),
            internalTerms: lines(guardrails.internalTerms),
            rules: guardrails.rules.map((rule) => ({ ...rule, phrases: lines(rule.phrases) })),
            competitors: lines(guardrails.competitors),
            brand: {
              ...guardrails.brand,
              bannedWords: lines(guardrails.brand.bannedWords),
              preferredWords: lines(guardrails.brand.preferredWords),
            },
          },
        },
      };
    }
    case 'policy':
      return { ...content, policy: tidiedPolicy(content.policy) };
    case 'playbook':
      return { ...content, playbook: tidiedPlaybook(content.playbook) };
    case 'tool-server': {
      const { toolServer } = content;
      const [args, env] = [toolServer.args.filter((one) => one !== ''), lines(toolServer.env)];
      return { ...content, toolServer: { ...toolServer, command: toolServer.command.trim(), args, env } };
    }
    case 'prompt':
      return content;
  }
}

function tidiedPolicy(policy: ToolPolicy): ToolPolicy {
  return {
    ...policy,
    tool: policy.tool.trim(),
    rules: policy.rules.map(({ kept = '', when, ...rule }) => ({
      ...{ ...rule, when: when.trim() },
      ...(kept.trim() === '' ? {} : { kept }),
    })),
  };
}

function tidiedPlaybook({ intent, title, steps }: Playbook): Playbook {
  return {
    ...{ intent: intent.trim(), title: title.trim() },
    steps: steps.map(({ id, words, tool = '', onlyIf = '', doneWhen = '' }) => ({
      ...{ id, words: words.trim() },
      ...(tool.trim() === '' ? {} : { tool: tool.trim() }),
      ...(onlyIf.trim() === '' ? {} : { onlyIf: onlyIf.trim() }),
      ...(doneWhen.trim() === '' ? {} : { doneWhen: doneWhen.trim() }),
    })),
  };
}

const lines = (texts: readonly string[]): string[] => texts.map((text) => text.trim()).filter(Boolean);

/** What a tidied item lacks to be one. The hub checks the rest. */
export function problemsOf(content: DraftContent): ItemProblems {
  switch (content.kind) {
    case 'article': {
      const { id, title, validFrom, validUntil } = content.article;
      const isBackwards = validFrom !== null && validUntil !== null && validFrom > validUntil;
      return found({
        title: title === '' && 'missing',
        id: !ID.test(id) && 'id',
        validUntil: isBackwards && 'dates',
      });
    }
    case 'intent': {
      const { id, name, examples } = content.intent;
      return found({
        name: name.trim() === '' && 'missing',
        id: !/^[a-z][a-z0-9_]*$/.test(id) && 'intent_id',
        examples: examples.length === 0 && 'missing',
      });
    }
    case 'macro': {
      const { id, title, text } = content.macro;
      const isOpen = text.replace(/\{\{[^{}]+\}\}/g, '').includes('{{');
      return found({
        title: title.trim() === '' && 'missing',
        id: !ID.test(id) && 'id',
        text: text.trim() === '' ? 'missing' : isOpen && 'placeholder',
      });
    }
    case 'prompt':
      return found({ text: content.prompt.text.trim() === '' && 'missing' });
    case 'policy':
      return problemsOfPolicy(content.policy);
    case 'playbook':
      return problemsOfPlaybook(content.playbook);
    case 'tool-server': {
      const { name, title, command, env, secretIn } = content.toolServer;
      return found({
        title: title.trim() === '' && 'missing',
        name: !/^[a-z][a-z0-9-]{0,39}$/.test(name) && 'id',
        command: command === '' && 'missing',
        env: !env.every(isVariable) && 'variable',
        secretIn: secretIn !== undefined && !isVariable(secretIn) && 'variable',
      });
    }
    case 'profile': {
      const { name, supportName, patterns, guardrails, models } = content.profile;
      const all = [...guardrails.neverPromise, ...guardrails.internalTerms];
      return found({
        name: name.trim() === '' && 'missing',
        supportName: supportName.trim() === '' && 'missing',
        ...(models ? problemsOfModels(models) : {}),
        ...Object.fromEntries(
          Object.entries(patterns).map(([key, pattern]) => [
            `patterns.${key}`,
            !isPattern(pattern ?? '') && 'pattern',
          ]),
        ),
        'guardrails.neverPromise': !all.every(isPattern) && 'pattern',
        ...Object.fromEntries(
          guardrails.rules.flatMap(({ id, title, message, match, phrases }, at) => [
            [`guardrails.rules.${at}.title`, title.trim() === '' && 'missing'],
            [`guardrails.rules.${at}.id`, !/^[a-z][a-z0-9-]*$/.test(id) && 'id'],
            [`guardrails.rules.${at}.message`, message.trim() === '' && 'missing'],
            [
              `guardrails.rules.${at}.phrases`,
              phrases.length === 0
                ? 'missing'
                : match === 'pattern' && phrases.some((one) => patternProblem(one) !== null) && 'pattern',
            ],
          ]),
        ),
      });
    }
    case 'escalation':
      return found(
        Object.fromEntries(
          content.escalation.flatMap(({ label, phrases, reason, limit }, at) => [
            [`${at}.label`, label.trim() === '' && 'missing'],
            [`${at}.phrases`, !phrases.every(isPattern) && 'pattern'],
            [`${at}.limit`, limit !== undefined && !isLimit(reason, limit) && 'limit'],
          ]),
        ),
      );
    case 'out-of-scope':
      return {};
  }
}

/** A rule that code cannot read would send every change to a lead: it is not published. */
function problemsOfPolicy({ tool, leadAbove, maximum, rules }: ToolPolicy): ItemProblems {
  return found({
    tool: !ID.test(tool) && 'id',
    maximum: leadAbove !== null && maximum !== null && maximum < leadAbove && 'limits',
    ...Object.fromEntries(
      rules.flatMap(({ when, message }, at) => [
        [`rules.${at}.when`, when === '' ? 'missing' : !readCondition(when).ok && 'condition'],
        [`rules.${at}.message`, message.trim() === '' && 'missing'],
      ]),
    ),
  });
}

/** Conditions of steps may be words: the rep judges those. */
function problemsOfPlaybook({ intent, title, steps }: Playbook): ItemProblems {
  return found({
    title: title === '' && 'missing',
    intent: !/^[a-z][a-z0-9_]*$/.test(intent) && (intent === '' ? 'missing' : 'intent_id'),
    steps: steps.length === 0 && 'missing',
    ...Object.fromEntries(steps.map(({ words }, at) => [`steps.${at}.words`, words === '' && 'missing'])),
  });
}

const isVariable = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(name);

const ID = /^[^\s/]\S{0,199}$/;

const isPattern = (source: string): boolean => {
  try {
    return new RegExp(source, 'iu') instanceof RegExp;
  } catch {
    return false;
  }
};

/** As {@link EscalationRule} has it. */
const isLimit = (reason: string, limit: number): boolean =>
  reason === 'anger'
    ? limit > 0 && limit <= 1
    : ['repeated_contact', 'no_evidence'].includes(reason) && Number.isInteger(limit) && limit > 0;

const found = (checks: Record<string, ItemProblem | false>): ItemProblems =>
  Object.fromEntries(
    Object.entries(checks).filter((entry): entry is [string, ItemProblem] => entry[1] !== false),
  );
