import type { Page } from '@playwright/test';

/**
 * When the card of another run than `before` is complete in the window with these words on it, in milliseconds since 1970: noted in the window
 * itself at the change that completes it, since the test tool looks only now and then. Begin it before the cause.
 */
export function whenCardHolds(page: Page, before: string, words: string): Promise<number> {
  return page.evaluate(
    ({ runBefore, wanted }) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          const card = document.querySelector<HTMLElement>('.card');
          const isNew = card?.dataset['state'] === 'ready' && card.dataset['runId'] !== runBefore;
          if (!isNew || !card.textContent.includes(wanted)) return;
          changes.disconnect();
          resolve(Date.now());
        };
        const changes = new MutationObserver(look);
        changes.observe(document.body, {
          ...{ subtree: true, childList: true, attributes: true, characterData: true },
        });
        look();
      }),
    { runBefore: before, wanted: words },
  );
}
