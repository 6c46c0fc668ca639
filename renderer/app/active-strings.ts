import type { ActiveSource } from '../../shared/contracts/ipc/active.js';

/** Where the rep is, and who says so; a part of `strings`. */
export const activeStrings = {
  active: {
    sources: {
      view: 'helpdesk inside',
      extension: 'browser extension',
      shortcut: 'clipboard key',
      link: 'link',
    } satisfies Record<ActiveSource, string>,
    following: (source: string) => `Following: ${source}`,
    choseHere: 'Chosen here',
    stopped: 'Not following',
    stop: 'Stops following',
    start: 'Follows again',
    /** Begins with what is on screen, so that whoever says the words they see is understood. */
    label: (shown: string, does: string) => `${shown}. ${does}.`,
    saidStopped: 'The card stays where you put it. G U follows again.',
    saidStarted: 'The card follows the helpdesk’s pages again.',
  },
  extension: {
    title: 'Browser extension',
    isOn: 'Follow the helpdesk page in my browser',
    copyCode: 'Copy pairing code',
    copied: 'Pairing code copied. Paste it into the extension’s options.',
    notCopied: 'There is no code yet. Turn the browser extension on first.',
    forget: 'Forget pairing',
    forgotten: 'The browser is not believed any more. There is a new code.',
    waiting: 'Waits for the extension. Copy the code and paste it into the extension’s options.',
    paired: 'Paired.',
    notHeard: 'Paired; nothing heard since Cuecard was started.',
    moved: 'Another program has its port, so it has a new one. Paste the code once more.',
    failed: 'No port of this computer can be used. Turn it off and on again.',
    notKept: 'This system has no keychain: the code changes with each start.',
    where: 'It is in the folder “extension” of Cuecard; the guide says how to add it.',
  },
};
