import type { Role } from '../../shared/domain/member.js';
import { plural } from './plural.js';

/** Every word about the team of this computer and its releases; a part of `strings`. */
export const teamStrings = {
  team: {
    title: 'Team',
    /** Of the way there, whose dialog is titled {@link title}. */
    open: 'Team and releases',
    reason: (detail: string) => `Reason: ${detail}.`,
    role: { rep: 'Rep', lead: 'Lead', operator: 'Operator' } satisfies Record<Role, string>,
    join: {
      title: 'Join a team',
      why: 'Your team’s knowledge, intents and macros then come to this computer and stay up to date. Your lead gives you an invite.',
      address: 'Address of the hub, or the whole invite',
      addressExample: 'https://hub.example.com#CODE',
      code: 'Invite code',
      codeIsInAddress: 'The code is in the address.',
      go: 'Join',
      going: 'Joining…',
      company: (host: string) => `Sign in through ${host}`,
      companyWaits: 'Your browser has opened. Sign in there; this goes on by itself.',
      cancel: 'Cancel',
      nothingGiven: 'Enter the address and the code of your invite.',
      mismatchTitle: 'Nothing was joined and nothing was kept.',
      mismatchNext:
        'Tell your lead that the words differ, before you try again: somebody may stand between you and the hub, or the address is another team’s.',
    },
    words: {
      title: 'Compare the eight words',
      why: (team: string) =>
        `Your lead sees the words of “${team}” too. Let them read them to you, by phone or in person, not in the same chat the invite came by.`,
      list: 'Words of the team',
      replaces: (team: string) =>
        team === ''
          ? 'The data of the team before is deleted from this computer when you go on.'
          : `The data of “${team}” is deleted from this computer when you go on.`,
      match: 'They match',
      differ: 'They do not match',
    },
    joined: {
      who: (name: string, role: string) => `${name} · ${role}`,
      team: 'Team',
      you: 'You',
      hub: 'Hub',
      since: 'Since',
      release: (number: number) => `Release ${number}`,
      noRelease: 'No release yet',
      noReleaseNext:
        'The first one comes as soon as your lead publishes it; until then the knowledge here answers.',
      received: (when: string) => `Received ${when}`,
      changed: (count: number) =>
        count === 0 ? 'no article changed' : `${plural(count, 'article')} changed`,
      restores: (number: number) => `Brings back release ${number}`,
      notes: 'Notes of this release',
      answersMeanwhile: (number: number) => `Release ${number} answers meanwhile.`,
      inSync: (when: string) => `Up to date, asked ${when}`,
      checking: 'Asking the hub…',
      fetching: (number: number) => `Fetching release ${number}`,
      applying: (number: number) => `Applying release ${number}`,
      progress: 'Release progress',
      retry: 'Retry now',
      keptInFile:
        'Your system offers no keychain, so your sign-in is kept in a file that only your user account can read.',
    },
    leave: {
      go: 'Leave team',
      title: 'Leave the team and delete its data?',
      what: 'All knowledge here, also what you added, the suggestions and your decisions, also those the hub has not received yet, are deleted from this computer. Cuecard goes on with the demo team. To come back you need a new invite.',
      stay: 'Stay',
      confirm: 'Leave and delete',
      going: 'Leaving…',
    },
    ended: {
      title: (team: string) => `No longer in “${team}”`,
      when: (when: string) => `Since ${when}.`,
      stays: 'What came until then stays here and goes on answering; it is not updated any more.',
      isOwed:
        'The team’s data could not be deleted from this computer yet. Make room on the disk; Cuecard tries again by itself, at the latest when it starts the next time.',
      isGone:
        'The team’s knowledge, suggestions and decisions were deleted from this computer. Cuecard shows the demo team.',
      remove: 'Delete the team’s data',
      putAway: 'Put this note away',
      removeTitle: 'Delete what is here of the team?',
    },
    status: {
      label: (text: string) => `Team: ${text}`,
      confirm: 'Compare the words',
      ended: 'Team access ended',
      release: (number: number, when: string) => `Release ${number} · ${when}`,
      noRelease: 'Waiting for the first release',
      fetching: (number: number, percent: number) => `Release ${number}: ${percent} %`,
      applying: (number: number) => `Release ${number}: applying`,
      offline: (time: string) => `Offline since ${time}`,
      refused: (time: string) => `Not in sync since ${time}`,
    },
    said: {
      joined: (team: string) => `You are in “${team}” now.`,
      compare: 'The hub let you in. Compare the eight words with those your lead sees.',
      received: (number: number, changed: number) =>
        `Release ${number} received, ${changed === 0 ? 'no article changed' : `${plural(changed, 'article')} changed`}.`,
      offline: 'The hub cannot be reached. Everything goes on with what is here.',
      back: 'The hub can be reached again.',
    },
  },
} as const;
