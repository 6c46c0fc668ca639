/** Pages of the agents' web app that show one ticket: `/a/tickets/42`, and `/helpdesk/tickets/42` as older links have it. */
const PAGE = /^\/(?:a|helpdesk)\/tickets\/([1-9]\d{0,15})(?:\/.*)?$/u;

/** The ticket a page of the Freshdesk at `baseUrl` shows, else null; pages of the customers' portal are none of ours. */
export function ticketOfUrl(url: string, baseUrl: string): string | null {
  const page = URL.parse(url);
  if (!page || page.origin !== URL.parse(baseUrl)?.origin) return null;
  return PAGE.exec(page.pathname)?.[1] ?? null;
}

export const urlOfTicket = (ticketId: string, baseUrl: string): string => `${baseUrl}/a/tickets/${ticketId}`;
