import type { PageKey } from './send-key-guard.js';

/**
 * Whether a key in the page is the one that brings the shown reply into it: F8, alone.
 *
 * Beside F6, which leaves the page, and as free: browsers have no use for it, the helpdesks and editors we know neither (they take letters with
 * Ctrl and Alt, and F9 and F10 for their menus), and it sends nowhere. A combination would have been somebody's: with Enter it sends, Ctrl+Alt is
 * AltGr and writes letters on many keyboards, Option writes letters on a Mac, Ctrl+Shift+Space is a space that does not break. While words are
 * composed (Japanese, Chinese) the key belongs to the input method, which changes the script by it.
 */
export const insertsReply = ({ type, key, control, meta, alt, shift, isComposing }: PageKey): boolean =>
  type === 'keyDown' && key === 'F8' && !control && !meta && !alt && !shift && !isComposing;
