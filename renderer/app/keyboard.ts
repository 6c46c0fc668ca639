import { tinykeys } from 'tinykeys';

import type { RepActions } from './rep-actions.js';
import { shortcuts, type Command } from './shortcuts.js';
import { isLead } from './is-lead.js';
import type { Stores } from './stores.js';
import { strings } from './strings.js';
import { isDark } from './theme.js';

/** Places the keyboard moves to that only the page knows. */
const FIRST_SOURCE = '.evidence-open';
const FINDINGS = '.support[data-issues="true"]:not([data-hidden] *)';
const MESSAGES = '.messages';
const FILES = '.message-files';
/** The step to do next, or the first where all is done. */
const NEXT_STEP = '.playbook-step[data-next] .playbook-check';
const FIRST_STEP = '.playbook-check';
const OPEN_CHANGE = ".action-head[aria-expanded='true']";
const arrows = new Set(['ArrowDown', 'ArrowUp']);
/** Keys that may be held down. */
const repeating = new Set(['j', 'k', ...arrows]);

/**
 * Listens to the keyboard for the whole window. A single key never fires while the rep types, nor inside a dialog
 * with keys of its own; an arrow only moves the conversation when nothing else would take it.
 * Returns the function that ends it.
 */
export function listenToKeyboard(target: Window, stores: Stores, actions: RepActions): () => void {
  const commands = commandActions(stores, actions);
  const bindings: Record<string, (event: KeyboardEvent) => void> = {};
  // Of the bindings that fit a key press the first takes it: "g f" goes before "f".
  const keyed = shortcuts.flatMap(({ bindings: keys, ...shortcut }) =>
    keys.map((key) => ({ key, ...shortcut })),
  );
  const sequencesFirst = keyed.toSorted((a, b) => b.key.split(' ').length - a.key.split(' ').length);
  for (const { key, command, worksWhileTyping = false } of sequencesFirst)
    bindings[key] = (event) => {
      if (isTaken(event, worksWhileTyping)) return;
      event.preventDefault();
      commands[command]();
    };
  for (let position = 1; position <= 9; position += 1)
    bindings[String(position)] = (event) => {
      if (isTaken(event, false)) return;
      event.preventDefault();
      actions.openSourceAt(position);
    };
  bindings['Escape'] = (event) => {
    if (!event.defaultPrevented && isTextField(event.target)) event.target.blur();
  };
  return tinykeys(target, bindings);
}

function commandActions(stores: Stores, actions: RepActions): Record<Command, () => void> {
  const { inbox, conversation, suggestion, settings, panel, knowledge } = stores;
  const open = panel.getState().open;
  return {
    insert: actions.insert,
    insertIntoPage: actions.insertIntoPage,
    edit: actions.edit,
    copy: actions.copy,
    ask: actions.askCustomer,
    nextFinding: showNextFinding,
    takeFix: () => actions.takeFix(focusedSentence()),
    takeOut: () => actions.takeOut(focusedSentence()),
    restore: actions.restore,
    pin: actions.togglePin,
    switchStrategy: actions.switchStrategy,
    rewrite: actions.openRewrite,
    rewriteOwn: actions.openOwnRewrite,
    alternative: () => suggestion.getState().openAlternatives(true),
    reject: actions.reject,
    send: actions.send,
    write: () => conversation.getState().focusComposer(),
    copyNote: actions.copyNote,
    addNote: actions.addNote,
    sources: () => document.querySelector<HTMLElement>(FIRST_SOURCE)?.focus(),
    changes: () => {
      stores.actions.getState().openFirstWaiting();
      // The details are on the page only after this change was drawn.
      requestAnimationFrame(() => {
        const head = document.querySelector<HTMLElement>(OPEN_CHANGE);
        head?.focus();
        // To be decided on, all of it is to be seen, the buttons too.
        head?.closest('.action')?.scrollIntoView({ block: 'nearest' });
      });
    },
    playbook() {
      const first = document.querySelector<HTMLElement>(FIRST_STEP);
      (document.querySelector<HTMLElement>(NEXT_STEP) ?? first)?.focus();
    },
    next: () => inbox.getState().move(1),
    previous: () => inbox.getState().move(-1),
    conversation: () => {
      const messages = document.querySelector<HTMLElement>(MESSAGES);
      if (messages) messages.focus();
      else open('conversation');
    },
    files() {
      const newest = [...document.querySelectorAll<HTMLElement>(FILES)].at(-1);
      if (newest) newest.querySelector('button')?.focus();
      else if (document.querySelector(MESSAGES))
        stores.notice.getState().say(strings.attachments.none, 'bad');
      else open('conversation');
    },
    goTo: () => open('goTo'),
    threadSummary: () => open('summary'),
    helpdesks: () => open('helpdesks'),
    business: () => open('business'),
    view: actions.toggleView,
    page: actions.enterPage,
    follow: actions.toggleFollowing,
    decisions: () => open('decisions'),
    knowledge: () => {
      knowledge.getState().closeArticle();
      open('knowledge');
    },
    knowledgeSources: () => {
      knowledge.getState().closeArticle();
      knowledge.getState().show('sources');
      open('knowledge');
    },
    team: () => open('team'),
    lead() {
      if (isLead(stores.team.getState().status)) open('lead');
      else stores.notice.getState().say(strings.notice.noDesk, 'bad');
    },
    ledger: () => open('ledger'),
    settings: () => open('settings'),
    theme: () =>
      void settings
        .getState()
        .update({ theme: isDark(settings.getState().settings.theme) ? 'light' : 'dark' }),
    layout: () => {
      const { settings: now, update } = settings.getState();
      void update({ layout: now.layout === 'full' ? 'beside' : 'full' });
    },
    help: () => open('help'),
  };
}

/** Opens what the check found about the next sentence with a finding, after the one the rep is at; round and round. */
function showNextFinding(): void {
  const marks = [...document.querySelectorAll<HTMLElement>(FINDINGS)];
  const at = marks.findIndex((mark) => mark === document.activeElement);
  const next = marks[at + 1] ?? marks[0];
  next?.scrollIntoView({ block: 'nearest' });
  next?.focus();
  next?.click();
}

/** The sentence of the reply that has the focus, null when none has. */
function focusedSentence(): string | null {
  const sentence = document.activeElement?.closest<HTMLElement>('.card [data-sentence]');
  return sentence?.dataset['sentence'] ?? null;
}

/** Whether a key press belongs to somebody else: a text field, a dialog, a focused list. */
function isTaken(event: KeyboardEvent, worksWhileTyping: boolean): boolean {
  if (event.defaultPrevented || event.isComposing) return true;
  if (event.repeat && !repeating.has(event.key)) return true;
  if (isTextField(event.target) && !worksWhileTyping) return true;
  if (arrows.has(event.key) && event.target !== document.body) return true;
  return isInDialog(event.target);
}

function isTextField(target: EventTarget | null): target is HTMLElement {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['radio', 'checkbox', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-keyboard="own"]') !== null;
}
