/** What of the environment turns the terminal into a second, read-only screen. */
export interface CardMirrorOptions {
  readonly isOn: boolean;
  /** Quit after this many cards; null to go on. For demonstrations and tests without a display. */
  readonly exitAfter: number | null;
}

export function cardMirrorOptions(env: NodeJS.ProcessEnv): CardMirrorOptions {
  const exitAfter = Number(env['CUECARD_EXIT_AFTER_CARDS']);
  return {
    isOn: env['CUECARD_MIRROR_CARDS'] === '1',
    exitAfter: Number.isInteger(exitAfter) && exitAfter > 0 ? exitAfter : null,
  };
}

/**
 * Prints each card to the terminal, so that the main job is seen to work where there is no display.
 * Null when nobody watches: then no card is written out at all.
 */
export function createCardMirror(
  { isOn, exitAfter }: CardMirrorOptions,
  quit: () => void,
): ((card: string) => void) | null {
  if (!isOn && exitAfter === null) return null;
  let shown = 0;
  return (card) => {
    if (isOn) console.log(card);
    shown += 1;
    if (shown === exitAfter) quit();
  };
}
