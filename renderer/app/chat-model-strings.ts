import type { ModelTask } from '../../shared/domain/model-run.js';

const number = new Intl.NumberFormat('en-GB');
const short = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });

/** Millionths of a US dollar as money; small amounts keep the digits that say something. */
function money(micros: number): string {
  const dollars = micros / 1_000_000;
  if (dollars === 0) return '$0';
  return dollars < 0.0001 ? 'under $0.0001' : `$${dollars.toFixed(dollars < 1 ? 4 : 2)}`;
}

/** Every word about chat models; a part of `strings`. */
export const chatModelStrings = {
  chatModel: {
    title: 'Chat model',
    use: { off: 'Off', team: "Team's", own: 'My own' },
    offHint:
      'Replies are composed on this computer from macros, facts and articles. Nothing is sent to a model.',
    teamHint: (model: string, host: string) => `${model} at ${host}, as your team set it up.`,
    preset: 'Service',
    address: 'Address',
    model: 'Model',
    key: 'Key',
    secretHeader: (name: string) => `Value of the header ${name} (for example "Bearer sk-...")`,
    sent: (host: string) =>
      `What customers write, passages and order facts are sent to ${host}, private data replaced first.`,
    sentNowhere: 'Give an address first.',
    stays: (host: string) => `Asks a model on this computer (${host}).`,
    unencrypted: 'The connection is not encrypted (http).',
    more: 'More',
    small: 'Small model for reading (intent, search, check)',
    fallback: 'Second model, when the first gives no answer',
    keyVariable: 'Environment variable with the key',
    apiVersion: 'API version (older Azure addresses)',
    contextTokens: 'Tokens the model can read',
    usesCache: 'Answer equal general questions once',
    limits: 'Limits',
    dailyDollars: 'US dollars a day',
    dailyCalls: 'Calls a day',
    noLimit: 'No limit',
    atLimit: 'At the limit',
    atLimitChoices: {
      local: 'Compose here, ask no model',
      cheaper: 'Ask only the small model',
      warn: 'Go on, and say so',
    },
    steps: 'Steps',
    stepsHint: 'Who does which step, and for how many seconds at most.',
    stepNames: {
      intent: 'Intent',
      retrieval: 'Search',
      tools: 'Look-ups',
      drafting: 'Draft',
      critique: 'Check',
      rewrite: 'Rewrite',
      summary: 'Summary',
      screening: 'Screening',
    } satisfies Record<ModelTask, string>,
    stepModels: { usual: 'As usual', main: 'Model', small: 'Small model', local: 'No model' },
    stepModel: (step: string) => `${step}: who`,
    stepSeconds: (step: string) => `${step}: seconds`,
    test: 'Test',
    testing: 'Testing…',
    save: 'Use it',
    saving: 'Saving…',
    works: (first: string, all: string) => `Works: first words after ${first}, all after ${all}.`,
    costs: (tokens: number, micros: number | null) =>
      micros === null
        ? `${number.format(tokens)} tokens; its price is not known, so only calls and tokens are counted.`
        : `${number.format(tokens)} tokens, ${money(micros)}.`,
    applied: 'In use from the next card on.',
    today: 'Today',
    used: (calls: number, tokens: number, micros: number) =>
      `${number.format(calls)} ${calls === 1 ? 'request' : 'requests'}, ${short.format(tokens)} tokens, ${money(micros)}`,
    ofLimit: (micros: number) => `of ${money(micros)}`,
    unpriced: (calls: number) => `${number.format(calls)} without a known price`,
    limitReached: "Today's limit is used up.",
    fieldProblem: {
      address: 'Give an address such as https://api.openai.com/v1, without a key in it.',
      model: 'Give the name of the model.',
      keyVariable: 'Give the name of a variable, such as OPENAI_API_KEY, not the key.',
      small: 'Name the small model that is asked at the limit (under More).',
    },
  },
} as const;
