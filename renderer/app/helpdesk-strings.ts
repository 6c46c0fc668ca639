import type { HelpdeskState } from '../../shared/domain/helpdesk.js';
import { helpdeskKinds } from './helpdesk-kind-strings.js';
import { plural } from './plural.js';

const short = {
  live: 'live',
  polling: 'connected',
  offline: 'offline',
  refused: 'token refused',
  unknown: 'connecting',
} satisfies Record<HelpdeskState['state'] | 'unknown', string>;

/** Every word about connected helpdesks; a part of `strings`. */
export const helpdeskStrings = {
  helpdesk: {
    title: 'Helpdesks',
    open: 'Helpdesks',
    kinds: helpdeskKinds,
    list: 'Connected helpdesks',
    emptyTitle: 'No helpdesk is connected',
    emptyNext:
      'The inbox shows the demo. Connect the helpdesk you work in: its open conversations come into the inbox, and each gets its card. Nothing is sent to a customer from here.',
    add: 'Add a helpdesk',
    change: (name: string) => `Change ${name}`,
    changeShort: 'Change',
    remove: (name: string) => `Remove ${name}`,
    removeShort: 'Remove',
    back: 'Back to the list',
    state: {
      live: 'Live: new messages come at once',
      polling: 'Connected: asked for new messages every few seconds',
      offline: 'Offline',
      refused: 'The token is refused',
      unknown: 'Connecting',
    } satisfies Record<HelpdeskState['state'] | 'unknown', string>,
    retryIn: (rest: string) => `Tried again in ${rest}.`,
    retrying: 'Trying again now.',
    refusedNext: 'Make a new token in the helpdesk and enter it with “Change”.',
    noToken: 'Its token is gone, since this system keeps none. Enter it again with “Change”.',
    status: {
      one: (name: string, state: keyof typeof short) => `${name}: ${short[state]}`,
      offline: (name: string, rest: string | null) =>
        rest === null ? `${name}: offline, trying again` : `${name}: offline, trying again in ${rest}`,
      several: (count: number) => `${plural(count, 'helpdesk')}: connected`,
      /** Begins with what is on screen, so that whoever says the words they see is understood. */
      label: (shown: string) => `${shown}. Opens the helpdesks.`,
    },
    form: {
      add: 'Connect a helpdesk',
      change: (name: string) => `Change ${name}`,
      kind: 'Helpdesk',
      address: 'Address',
      name: 'Name',
      nameHint: 'What you call it here.',
      howTo: 'How to make the token',
      rights: 'Rights it needs',
      keptStored: 'Kept in this system’s keychain. It is never shown again and goes to this address only.',
      keptThisRun:
        'This system has no keychain: it is kept for this run only and asked for again after a restart. It goes to this address only.',
      tokenKept: 'One is kept. Leave this empty to go on with it.',
      test: 'Test connection',
      testing: 'Testing…',
      save: 'Save',
      saving: 'Saving…',
      works: (user: string) => (user === '' ? 'It works.' : `It works. The token belongs to ${user}.`),
      problem: {
        name: 'Give it a name.',
        address: 'Enter the address as in the browser, with https:// and without a name or password in it.',
        token: 'Enter the token.',
        tokenAgain: 'Another address needs its token entered anew.',
      },
    },
    saved: (name: string) => `${name} is connected. Its conversations are being read.`,
    removed: (name: string) => `${name} is removed.`,
    question: {
      title: (name: string) => `Remove ${name}?`,
      what: 'Its token and everything that was read from it are deleted from this computer: conversations, notes, what waits offline. Nothing changes in the helpdesk itself.',
      last: 'It is the last one: the inbox shows the demo again.',
      yes: 'Remove',
      no: 'Keep',
    },
    goTo: {
      title: 'Go to conversation',
      field: 'Address of its page, its number, or a copied thread',
      hint: 'Such as 42, [desk #42], or what stands in the address bar of the helpdesk.',
      go: 'Open',
      going: 'Looking…',
      paste: 'Open as a conversation',
      thread:
        'This is no address and no number. Press Enter again to open the text as a conversation; it stays on this computer.',
      empty: 'Paste an address or a number.',
      nothing: 'This is no conversation of a connected helpdesk.',
      number:
        'Several helpdesks are connected, so a number alone may mean any. Paste the address of its page.',
      none: 'No helpdesk is connected yet. Connect one under Helpdesks (G H).',
    },
    said: {
      offline: (name: string) => `${name} does not answer. What was read stays here.`,
      refused: (name: string) => `${name} refuses the token.`,
      back: (name: string) => `${name} answers again.`,
    },
    conversation: {
      internal: 'Internal note',
      onlyTeam: 'only your team sees this',
      fields: 'Fields',
      copyLink: 'Copy the link to the helpdesk',
      linkCopied: 'Link copied. Paste it into the browser.',
      copyReply: 'Copy reply',
      addNote: 'Add as note',
      adding: 'Adding…',
      placeholder: 'Write a reply to copy, or a note; I inserts the suggestion',
      replyCopied: 'Reply copied. Paste it into the helpdesk.',
      inserted: 'Reply inserted. Ctrl+Enter copies it.',
      questionInserted: 'Question inserted. Ctrl+Enter copies it.',
      nothingToCopy: 'There is nothing to copy.',
      nothingToAdd: 'There is nothing to add.',
      noteNotAdded: 'Note not added',
      noteUncertain: 'Nobody knows yet whether the note arrived',
      team: 'Team: ',
    },
  },
} as const;
