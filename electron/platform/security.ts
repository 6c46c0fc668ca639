import { app, net, protocol, session, type WebContents } from 'electron';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { APP_ORIGIN } from '../ipc/sender-guard.js';

const SCHEME = 'cuecard';

/** No inline script, no remote anything, no frame, no form, no eval. Styles set by React go through CSSOM and need no exception. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Must run before the app is ready: gives our pages an origin of their own. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built window from `rendererDir` under `cuecard://app/`, each answer with the content security policy. */
export function serveRenderer(rendererDir: string): void {
  protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url);
    const file = path.join(rendererDir, path.normalize(decodeURIComponent(url.pathname)));
    const isInside = file.startsWith(rendererDir + path.sep);
    if (`${url.protocol}//${url.host}` !== APP_ORIGIN || !isInside)
      return new Response(null, { status: 404 });
    try {
      const answer = await net.fetch(pathToFileURL(file).href);
      const headers = new Headers(answer.headers);
      headers.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
      headers.set('X-Content-Type-Options', 'nosniff');
      return new Response(answer.body, { status: answer.status, headers });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
}

/** Pages of a helpdesk, which go by rules of their own (embedded-view.ts). */
const navigating = new WeakSet<WebContents>();

/** Takes a page out of the rule that nothing navigates; whoever does so keeps it inside by rules of its own. */
export const letNavigate = (contents: WebContents): void => void navigating.add(contents);

/** Denies what a support window never needs: navigation, new windows, embedded views, every permission. */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      // Loading the same page again is no way out, and what the window offers after a bug of its own.
      if (!navigating.has(contents) && event.url !== contents.getURL()) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (!navigating.has(contents)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
}
