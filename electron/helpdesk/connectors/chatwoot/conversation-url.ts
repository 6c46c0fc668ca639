/** Where a conversation can be opened from: alone, in an inbox, by label, team, saved view, mentions and the lists beside it. */
const PAGE =
  /^\/app\/accounts\/(\d{1,16})\/(?:(?:inbox|label|team|custom_view)\/[^/]+\/|(?:mentions|unattended|participating)\/)?conversations\/([1-9]\d{0,15})\/?$/u;
/** The list of notifications, which shows the conversation beside it. */
const NOTIFICATION = /^\/app\/accounts\/(\d{1,16})\/inbox-view\/conversation\/([1-9]\d{0,15})\/?$/u;

/** The conversation a page of the Chatwoot at `baseUrl` shows, else null; numbers count within an account, so another one is not ours. */
export function conversationOfUrl(url: string, baseUrl: string, account: string): string | null {
  const page = URL.parse(url);
  const base = URL.parse(baseUrl);
  if (!page || !base || page.origin !== base.origin) return null;
  const root = base.pathname.replace(/\/$/u, '');
  if (!page.pathname.startsWith(`${root}/`)) return null;
  const path = page.pathname.slice(root.length);
  const [, ofAccount, id] = PAGE.exec(path) ?? NOTIFICATION.exec(path) ?? [];
  return ofAccount === account && id !== undefined ? id : null;
}
