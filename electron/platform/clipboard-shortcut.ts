import { clipboard, globalShortcut } from 'electron';

/** Free in the helpdesks and browsers we know; the letter is that of "URL". */
const KEYS = 'CommandOrControl+Shift+U';

/** A key that works in every program: it takes what is on the clipboard. */
export interface ClipboardShortcut {
  /** Takes the key or leaves it to others; false when another program has it. */
  set(isOn: boolean): boolean;
}

/** @param onText gets the clipboard's text whenever the key is pressed. */
export function createClipboardShortcut(onText: (text: string) => void): ClipboardShortcut {
  return {
    set(isOn) {
      if (!isOn) {
        globalShortcut.unregister(KEYS);
        return true;
      }
      return (
        globalShortcut.isRegistered(KEYS) || globalShortcut.register(KEYS, () => onText(clipboard.readText()))
      );
    },
  };
}
