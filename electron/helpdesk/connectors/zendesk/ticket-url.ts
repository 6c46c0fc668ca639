/** Pages of the agent's workspace that show one ticket: `/agent/tickets/42`, with whatever tab of it behind. */
const PAGE = /^\/agent\/tickets\/([1-9]\d{0,15})(?:\/.*)?$/u;

/** The ticket a page of the Zendesk at `baseUrl` shows, else null. Another brand of the account is another place. */
export function ticketOfUrl(url: string, baseUrl: string): string | null {
  const page = URL.parse(url);
  if (!page || page.origin !== URL.parse(baseUrl)?.origin) return null;
  return PAGE.exec(page.pathname)?.[1] ?? null;
}

export const urlOfTicket = (ticketId: string, baseUrl: string): string =>
  `${baseUrl}/agent/tickets/${ticketId}`;
