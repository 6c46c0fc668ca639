/** Where the web app of each region lives, by the host of its interface. */
const WEB_APPS: Readonly<Record<string, string>> = {
  'api.intercom.io': 'https://app.intercom.com',
  'api.eu.intercom.io': 'https://app.eu.intercom.com',
  'api.au.intercom.io': 'https://app.au.intercom.com',
};
/** Workspace, then whatever list it was opened from, then the number: `/a/inbox/APP/inbox/shared/all/conversation/42`. */
const PAGE = /^\/a\/(?:inbox|apps)\/([^/]+)\/(?:[^/]+\/)*?conversations?\/([1-9]\d{0,18})\/?$/u;

/** The web app that belongs to an interface; one of an unknown host is its own. */
export function webAppOf(baseUrl: string): string {
  const url = URL.parse(baseUrl);
  return WEB_APPS[url?.host ?? ''] ?? url?.origin ?? '';
}

/**
 * The conversation a page of Intercom shows, else null. `app` is the workspace; empty takes any, and `_` in a link means the one
 * somebody is signed in to.
 */
export function conversationOfUrl(url: string, baseUrl: string, app: string): string | null {
  const page = URL.parse(url);
  if (!page || page.origin !== webAppOf(baseUrl)) return null;
  const [, ofApp, id] = PAGE.exec(page.pathname) ?? [];
  return id !== undefined && (app === '' || ofApp === app || ofApp === '_') ? id : null;
}
