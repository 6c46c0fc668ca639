import { plural } from './plural.js';

const decisions = (count: number): string => plural(count, 'decision');

/** Every word about the way of decisions to the team; a part of `strings`. */
export const outboxStrings = {
  outbox: {
    title: 'Delivery to your team',
    noTeam: 'Kept on this machine; you are not in a team.',
    allSent: 'Your team has all of your decisions.',
    soon: (count: number) => `${decisions(count)} on the way to your team.`,
    waiting: (count: number) =>
      `${decisions(count)} ${count === 1 ? 'waits' : 'wait'} on this machine. Nothing is lost.`,
    why: (message: string, since: string) => `Since ${since}: ${message}`,
    nextTry: (time: string) => `Tried again by itself at ${time}.`,
    retry: 'Try now',
    refused: (count: number) =>
      `The hub did not take ${decisions(count)}. ${count === 1 ? 'It stays' : 'They stay'} here.`,
    showRefused: 'Show only these',
    showAll: 'Show all decisions',
    retryRefused: 'Send again',
    export: 'Export…',
    exported: (count: number, file: string) => `${decisions(count)} written to ${file}`,
    state: { waiting: 'Waiting', delivered: 'Delivered' },
    refusedFor: (reason: string) => `Refused: ${reason}`,
    noteFrom: (lead: string) => `Note from ${lead}:`,
  },
} as const;
