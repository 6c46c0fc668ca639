import { expect, test } from './fixtures.js';

const executablePath = process.env['CUECARD_PACKAGED_APP'];

// Catches what only packaging breaks: a native module, the engine worker, the demo team or a path that is not inside.
test(
  'the packaged app starts from an empty profile and shows a card',
  { tag: '@packaged' },
  async ({ stage }) => {
    test.skip(executablePath === undefined, 'CUECARD_PACKAGED_APP names no app: npm run packaged does');
    const desk = await stage.open({ play: ['01-order-status'], ...(executablePath && { executablePath }) });
    await desk.openCard('Femke de Vries');
    await desk.card.finished('reply');
    await expect(desk.card.facts).toContainText('HP-104233');
    await desk.press('1');
    await expect(desk.sources.passage.first()).toBeInViewport();
    const isPackaged = await desk.cuecard.app.evaluate(({ app }) => app.isPackaged);
    expect(isPackaged).toBe(true);
  },
);
