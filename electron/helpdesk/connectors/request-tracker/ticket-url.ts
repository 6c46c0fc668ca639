/** Pages of RT's web app that show one ticket, each with `id` in the query; the self-service pages are for customers. */
const PAGES =
  /\/(?:SelfService\/Display|(?:Ticket|m\/ticket)\/(?:Display|Update|Modify\w*|History|ModifyAll|Forward|show))(?:\.html)?$/u;

/** The ticket a page of the RT at `baseUrl` shows, else null. `baseUrl` may hold a path, where RT runs below one. */
export function ticketOfUrl(url: string, baseUrl: string): string | null {
  const page = URL.parse(url);
  const base = URL.parse(baseUrl);
  if (!page || !base || page.origin !== base.origin) return null;
  const root = base.pathname.replace(/\/$/u, '');
  if (!page.pathname.startsWith(`${root}/`)) return null;
  // RT's own menus write `;` between parameters, as HTML once advised; an id that is given twice stands for no one ticket.
  const [id = '', ...others] = new URLSearchParams(page.search.replaceAll(';', '&')).getAll('id');
  if (others.length > 0) return null;
  return PAGES.test(page.pathname.slice(root.length)) && /^[1-9]\d{0,15}$/u.test(id) ? id : null;
}
