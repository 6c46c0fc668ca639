/** Where the window's own pages live; nothing else may ask anything. */
export const APP_ORIGIN = 'cuecard://app';

/** What is known of the page that sent a request. */
export interface Sender {
  readonly url: string;
  /** A frame inside a page is never ours. */
  readonly isMainFrame: boolean;
  /** Whether the web contents belong to a window that main opened. */
  readonly isOwnWindow: boolean;
}

/** True only for the top frame of our own window, showing our own page. */
export function isTrustedSender({ url, isMainFrame, isOwnWindow }: Sender): boolean {
  if (!isMainFrame || !isOwnWindow) return false;
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}` === APP_ORIGIN;
  } catch {
    return false;
  }
}
