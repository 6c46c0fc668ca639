import type { EgressEntry, EgressKind } from '../../shared/domain/egress-entry.js';
import type { ModelTask } from '../../shared/domain/model-run.js';
import type { PersonalKind, PrivacyMode } from '../../shared/domain/personal-data.js';
import { plural } from './plural.js';

const kindNames: Record<PersonalKind, string> = {
  name: 'Names',
  email: 'E-mail addresses',
  phone: 'Phone numbers',
  address: 'Postal addresses',
  card: 'Payment cards',
  iban: 'Bank accounts (IBAN)',
  account: 'Customer and account numbers',
  national_id: 'Tax and identity numbers',
  order: 'Order and parcel numbers',
  ip: 'IP addresses',
  link: 'Links with a key in them',
  secret: 'Passwords and codes',
};

/** What the ledger says: what left this computer, and what may. */
export const ledgerStrings = {
  ledger: {
    title: 'Ledger',
    open: 'Ledger: what left this computer',
    tabs: 'Ledger',
    tab: { requests: 'What left', settings: 'What may leave' },
    loading: 'Reading the ledger',
    retry: 'Try again',
    back: 'Back to the list',
    status: {
      nothing: 'Nothing sent today',
      today: (requests: number, kept: number) =>
        `${plural(requests, 'request')}, ${plural(kept, 'private value')} unreplaced`,
      blocked: 'Sending is blocked',
      /** Begins with what is on screen, so that whoever says the words they see is understood. */
      label: (shown: string, replaced: number, kept: number) =>
        `${shown}. Today ${plural(replaced, 'private value')} replaced, ${String(kept)} sent as they are. Opens the ledger.`,
      labelNothing: (shown: string) => `${shown}. Opens the ledger.`,
    },
    emptyTitle: 'Nothing has left this computer',
    emptyNext:
      'When a chat model or a search service is asked, each request stands here before it is sent: to whom, why, and every byte of it. Names, addresses and numbers are replaced before that.',
    emptyFilter: 'No request fits this choice.',
    list: 'Requests, newest first',
    detail: 'Request',
    choose: 'Choose a request to see what was sent.',
    filterKind: 'Purpose',
    filterHost: 'Sent to',
    all: 'All',
    oneConversation: (id: string) => `Only conversation ${id}`,
    clear: 'Show all conversations',
    export: 'Export',
    exported: (entries: number, path: string) => `${plural(entries, 'request')} written to ${path}.`,
    refused: (status: number) => `Refused (${String(status)})`,
    kept: (entries: number, size: string) => `${plural(entries, 'request')}, ${size} on this disk`,
    kind: {
      chat: 'Chat model',
      embedding: 'Search model',
      connection_test: 'Connection test',
      feedback: 'Decisions to the team',
      approval: 'Question to a lead',
    } satisfies Record<EgressKind, string>,
    task: {
      intent: 'intent',
      retrieval: 'question for the search',
      tools: 'look-ups',
      drafting: 'draft',
      critique: 'check of the draft',
      rewrite: 'rewrite',
      summary: 'summary',
      screening: 'screening',
    } satisfies Record<ModelTask, string>,
    state: {
      open: 'No answer yet',
      answered: 'Answered',
      failed: 'Failed',
    } satisfies Record<EgressEntry['state'], string>,
    answered: (status: number) => `HTTP ${String(status)}`,
    replacedCount: (count: number) => `${String(count)} replaced`,
    keptCount: (count: number) => `${String(count)} sent as they are`,
    noneReplaced: 'Nothing private found',
    facts: {
      when: 'When',
      to: 'To',
      why: 'Why',
      run: 'Run',
      conversation: 'Conversation',
      sent: 'Sent',
      answer: 'Answer',
      tokens: 'Tokens',
      cost: 'Cost',
      replaced: 'Replaced',
      kept: 'Sent as they are',
      sum: 'SHA-256',
    },
    tokens: (input: number, output: number) =>
      `${input.toLocaleString('en')} in, ${output.toLocaleString('en')} out`,
    unknownCost: 'price not known',
    body: 'What was sent',
    bodyForm: 'Shown as',
    bodyForms: { exact: 'Exact bytes', readable: 'Laid out' },
    noBody: 'This request had no body.',
    notText: 'The body is packed or no text; the export has its bytes.',
    bodyCut: (characters: number) => `Show all ${characters.toLocaleString('en')} characters`,
    headers: 'Headers',
    placeholder: 'replaced value',
    copy: 'Copy',
    copied: 'What was sent was copied.',
    onlyThis: 'Only this conversation',
    forget: 'Forget this conversation',
    forgetTitle: 'Forget what left about this conversation?',
    forgetNext:
      'All requests of this conversation are removed from the ledger for good. What the receivers did with them does not change.',
    forgetYes: 'Forget it',
    forgetNo: 'Keep it',
    forgot: (count: number) => `${plural(count, 'request')} forgotten.`,
    mode: 'Before a text leaves this computer',
    modes: {
      anonymise: 'Replace private values',
      as_is: 'Send as written',
      block: 'Send nothing',
    } satisfies Record<PrivacyMode, string>,
    modeHints: {
      anonymise:
        'Names, addresses and numbers become [NAME_1], [EMAIL_1] … and are put back in what comes out. Models see what happened, not to whom.',
      as_is:
        'Models see everything the customer wrote. The ledger still shows it, and counts what was private.',
      block: 'No model and no service is asked. Replies are composed on this computer alone.',
    } satisfies Record<PrivacyMode, string>,
    setByTeam: (mode: string, canBeStricter: boolean) =>
      `Set by your team: “${mode}”${canBeStricter ? ' at least. You can be stricter.' : '.'}`,
    byTeam: 'Set by your team',
    kindByTeam: (mode: string) => `Set by your team: “${mode}” at least`,
    kindsTitle: 'Exceptions',
    kindsHint: 'Treat a kind in its own way. “Hold the text back” sends no text that holds one.',
    kinds: kindNames,
    kindMode: {
      as_is: 'Send as written',
      anonymise: 'Replace',
      block: 'Hold the text back',
    } satisfies Record<PrivacyMode, string>,
    likeRest: 'Like the rest',
    keepTitle: 'Keep the ledger',
    keepDays: 'Days',
    keepMegabytes: 'Megabytes at most',
    keepHint: 'The oldest requests go first.',
    keepProblem: 'Days from 1 to 3650, megabytes from 10 to 100,000.',
    save: 'Save',
    notFound:
      'It cannot find everything: an unusual name in the middle of a sentence may pass. What is in the ledger is what was sent.',
  },
} as const;
