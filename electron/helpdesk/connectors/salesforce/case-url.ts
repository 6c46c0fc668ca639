import { caseIdOf } from './record-id.js';

/** Where the web app of a My Domain is; elsewhere, such as on a test server, at the same address. */
function lightningOf(baseUrl: string): string {
  const url = new URL(baseUrl);
  const host = url.host.replace(/\.my\.salesforce\.com$/u, '.lightning.force.com');
  return `${url.protocol}//${host}`;
}

export const urlOfCase = (caseId: string, baseUrl: string): string =>
  `${lightningOf(baseUrl)}/lightning/r/Case/${caseId}/view`;

/**
 * The case a page shows, by its 18 characters: of Lightning, of the console (whose tabs name their case in `ws`), and of Classic.
 * Null for any other page or place.
 */
export function caseOfUrl(url: string, baseUrl: string): string | null {
  const page = URL.parse(url);
  if (!page || !URL.canParse(baseUrl)) return null;
  if (![lightningOf(baseUrl), new URL(baseUrl).origin].includes(page.origin)) return null;
  return (
    caseOfPath(page.pathname) ??
    caseOfPath(page.searchParams.get('ws') ?? '') ??
    caseIdOf(/^\/(500\w{12,15})$/u.exec(page.pathname)?.[1] ?? '')
  );
}

const caseOfPath = (path: string): string | null =>
  caseIdOf(
    /^\/lightning\/r\/(?:Case\/)?(500\w{12,15})\/(?:view|related\/\w+\/view)\/?$/u.exec(path)?.[1] ?? '',
  );
