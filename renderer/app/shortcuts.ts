import { strings } from './strings.js';

const text = strings.shortcuts;

/** What a key does; `keyboard.ts` ties each to an action. */
export type Command =
  | 'insert'
  | 'insertIntoPage'
  | 'edit'
  | 'copy'
  | 'ask'
  | 'nextFinding'
  | 'takeFix'
  | 'takeOut'
  | 'restore'
  | 'pin'
  | 'switchStrategy'
  | 'rewrite'
  | 'rewriteOwn'
  | 'alternative'
  | 'reject'
  | 'send'
  | 'write'
  | 'copyNote'
  | 'addNote'
  | 'sources'
  | 'changes'
  | 'playbook'
  | 'next'
  | 'previous'
  | 'conversation'
  | 'files'
  | 'goTo'
  | 'threadSummary'
  | 'helpdesks'
  | 'business'
  | 'view'
  | 'page'
  | 'follow'
  | 'decisions'
  | 'knowledge'
  | 'knowledgeSources'
  | 'team'
  | 'lead'
  | 'ledger'
  | 'settings'
  | 'theme'
  | 'layout'
  | 'help';

/** One row of the shortcut table: how tinykeys knows the keys, how they are printed, what they do. */
export interface Shortcut {
  readonly command: Command;
  readonly bindings: readonly string[];
  readonly keys: string;
  readonly label: string;
  readonly group: keyof typeof text.groups;
  /** Only a key that writes nothing, as with Ctrl (Cmd), may fire while the rep types. */
  readonly worksWhileTyping?: true;
}

/** Every key of the window but the numbers and Esc. Drives both the bindings and the help dialog. */
export const shortcuts: readonly Shortcut[] = [
  { command: 'insert', bindings: ['i'], keys: 'I', label: text.insert, group: 'reply' },
  {
    command: 'insertIntoPage',
    bindings: ['F8'],
    keys: 'F8',
    label: text.insertIntoPage,
    group: 'reply',
    worksWhileTyping: true,
  },
  { command: 'edit', bindings: ['e'], keys: 'E', label: text.edit, group: 'reply' },
  { command: 'copy', bindings: ['c'], keys: 'C', label: text.copy, group: 'reply' },
  { command: 'ask', bindings: ['q'], keys: 'Q', label: text.ask, group: 'reply' },
  { command: 'nextFinding', bindings: ['n'], keys: 'N', label: text.nextFinding, group: 'reply' },
  { command: 'takeFix', bindings: ['f'], keys: 'F', label: text.takeFix, group: 'reply' },
  { command: 'takeOut', bindings: ['x'], keys: 'X', label: text.takeOut, group: 'reply' },
  { command: 'restore', bindings: ['z'], keys: 'Z', label: text.restore, group: 'reply' },
  { command: 'pin', bindings: ['p'], keys: 'P', label: text.pin, group: 'reply' },
  {
    command: 'switchStrategy',
    bindings: ['v'],
    keys: 'V',
    label: text.switchStrategy,
    group: 'reply',
  },
  { command: 'rewrite', bindings: ['m'], keys: 'M', label: text.rewrite, group: 'reply' },
  {
    command: 'rewriteOwn',
    bindings: ['Alt+KeyM'],
    keys: 'Alt M',
    label: text.rewriteOwn,
    group: 'reply',
    worksWhileTyping: true,
  },
  { command: 'alternative', bindings: ['a'], keys: 'A', label: text.alternative, group: 'reply' },
  { command: 'reject', bindings: ['r'], keys: 'R', label: text.reject, group: 'reply' },
  { command: 'write', bindings: ['w'], keys: 'W', label: text.write, group: 'reply' },
  {
    command: 'send',
    bindings: ['$mod+Enter'],
    keys: 'Ctrl ↵',
    label: text.send,
    group: 'reply',
    worksWhileTyping: true,
  },
  { command: 'copyNote', bindings: ['h'], keys: 'H', label: text.copyNote, group: 'reply' },
  { command: 'addNote', bindings: ['Shift+h'], keys: '⇧ H', label: text.addNote, group: 'reply' },
  { command: 'sources', bindings: ['s'], keys: 'S', label: text.sources, group: 'sources' },
  { command: 'changes', bindings: ['d'], keys: 'D', label: text.changes, group: 'sources' },
  { command: 'playbook', bindings: ['b'], keys: 'B', label: text.playbook, group: 'sources' },
  { command: 'next', bindings: ['j', 'ArrowDown'], keys: 'J ↓', label: text.next, group: 'move' },
  { command: 'previous', bindings: ['k', 'ArrowUp'], keys: 'K ↑', label: text.previous, group: 'move' },
  { command: 'conversation', bindings: ['o'], keys: 'O', label: text.conversation, group: 'move' },
  { command: 'files', bindings: ['u'], keys: 'U', label: text.files, group: 'move' },
  { command: 'goTo', bindings: ['g o'], keys: 'G O', label: text.goTo, group: 'move' },
  { command: 'follow', bindings: ['g u'], keys: 'G U', label: text.follow, group: 'move' },
  { command: 'threadSummary', bindings: ['g s'], keys: 'G S', label: text.threadSummary, group: 'panels' },
  { command: 'decisions', bindings: ['g f'], keys: 'G F', label: text.decisions, group: 'panels' },
  { command: 'knowledge', bindings: ['/', 'Shift+/'], keys: '/', label: text.knowledge, group: 'panels' },
  {
    command: 'knowledgeSources',
    bindings: ['g d'],
    keys: 'G D',
    label: text.knowledgeSources,
    group: 'panels',
  },
  { command: 'team', bindings: ['g t'], keys: 'G T', label: text.team, group: 'panels' },
  { command: 'lead', bindings: ['g l'], keys: 'G L', label: text.lead, group: 'panels' },
  { command: 'ledger', bindings: ['g p'], keys: 'G P', label: text.ledger, group: 'panels' },
  { command: 'helpdesks', bindings: ['g h'], keys: 'G H', label: text.helpdesks, group: 'panels' },
  { command: 'business', bindings: ['g b'], keys: 'G B', label: text.business, group: 'panels' },
  { command: 'view', bindings: ['g v'], keys: 'G V', label: text.view, group: 'panels' },
  {
    command: 'page',
    bindings: ['F6'],
    keys: 'F6',
    label: text.page,
    group: 'panels',
    worksWhileTyping: true,
  },
  { command: 'settings', bindings: [','], keys: ',', label: text.settings, group: 'panels' },
  { command: 'theme', bindings: ['t'], keys: 'T', label: text.theme, group: 'panels' },
  { command: 'layout', bindings: ['l'], keys: 'L', label: text.layout, group: 'panels' },
  { command: 'help', bindings: ['?', 'Shift+?'], keys: '?', label: text.help, group: 'panels' },
];

/** Keys that are no commands of their own, for the help dialog. */
export const otherKeys = [
  { keys: 'Ctrl Z', label: text.undoRewrite, group: 'reply' },
  { keys: '1 … 9', label: text.openSource, group: 'sources' },
  { keys: 'Esc', label: text.escape, group: 'panels' },
] as const;
