import { HelpdeskFailure } from '../helpdesk-failure.js';

/** What a conversation of HubSpot is: a ticket, or a thread of the inbox without one. */
export type Place = { readonly kind: 'ticket' | 'thread'; readonly number: string };

const ID = /^(thread-)?([1-9]\d{0,18})$/u;

/** `42` is a ticket, `thread-42` a thread: their numbers are given out apart. */
export function placeOf(conversationId: string): Place {
  const [, prefix, number] = ID.exec(conversationId) ?? [];
  // Whatever else it is would change the path.
  if (number === undefined)
    throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', conversationId.slice(0, 40));
  return { kind: prefix === undefined ? 'ticket' : 'thread', number };
}

/** A ticket's page as a record or in the help desk, a thread's in the inbox; each below the number of the account. */
const PAGES: readonly [RegExp, string][] = [
  [/^\/contacts\/(\d+)\/(?:record\/0-5|ticket)\/([1-9]\d{0,18})(?:\/.*)?$/u, ''],
  [/^\/help-desk\/(\d+)\/(?:view\/\w+\/)?ticket\/([1-9]\d{0,18})(?:\/.*)?$/u, ''],
  [/^\/live-messages\/(\d+)\/inbox\/([1-9]\d{0,18})(?:\/.*)?$/u, 'thread-'],
];
/** Accounts live in different places of the world: `app.hubspot.com`, `app-eu1.hubspot.com`. */
const WEB_APP = /^https:\/\/app(?:-[a-z]{2}\d{1,2})?\.hubspot\.com$/u;
const API = /^https:\/\/api(?:-[a-z]{2}\d{1,2})?\.hubapi\.com$/u;

/**
 * The conversation a page of HubSpot shows, else null. The web app of HubSpot's own interface is HubSpot's, that of another address is
 * there itself. `portal` is the account; empty takes any.
 */
export function conversationOfUrl(url: string, baseUrl: string, portal: string): string | null {
  const page = URL.parse(url);
  const home = URL.parse(baseUrl)?.origin ?? '';
  if (!page || !(API.test(home) ? WEB_APP.test(page.origin) : page.origin === home)) return null;
  for (const [pattern, prefix] of PAGES) {
    const [, account, number] = pattern.exec(page.pathname) ?? [];
    if (number !== undefined) return portal === '' || account === portal ? `${prefix}${number}` : null;
  }
  return null;
}

/** The page of a conversation; HubSpot leads on to where the account lives. */
export function urlOfConversation(conversationId: string, baseUrl: string, portal: string): string | null {
  const [, prefix, number] = ID.exec(conversationId) ?? [];
  if (number === undefined || portal === '') return null;
  const home = URL.parse(baseUrl)?.origin ?? '';
  const web = API.test(home) ? 'https://app.hubspot.com' : home;
  const path = prefix === undefined ? `contacts/${portal}/record/0-5` : `live-messages/${portal}/inbox`;
  return `${web}/${path}/${number}`;
}
