import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo, type Server } from 'node:net';

import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import { startFirefox, type Firefox } from './probes/firefox.js';

let firefox: Firefox | string;
test.beforeAll(async () => {
  // A fresh machine installs it first.
  test.setTimeout(600_000);
  firefox = await startFirefox();
});
test.afterAll(async () => {
  if (firefox && typeof firefox !== 'string') await firefox.close();
});

/** Listens on this machine. @returns the port. */
async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return String((server.address() as AddressInfo).port);
}

// Catches: a folder Firefox does not load, code it never starts, an app that does not believe its Origin, a tab that is not noticed.
test('the card follows the helpdesk page in the rep’s own Firefox', async ({ stage }) => {
  test.skip(typeof firefox === 'string', typeof firefox === 'string' ? `Firefox: ${firefox}` : '');
  if (typeof firefox === 'string') return;
  const browser = firefox;
  test.setTimeout(120_000);
  const pages = http.createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end('<p>A page of the helpdesk</p>'),
  );
  const port = await listen(pages);
  const baseUrl = `http://127.0.0.1:${port}`;
  const reserved = net.createServer();
  const eventPort = await listen(reserved);
  reserved.close();
  await once(reserved, 'close');
  const pageOf = (id: string): string => `${baseUrl}/conversations/${id}`;
  const desk = await stage.open({ play: ['01-order-status'] });
  await desk.openCard('Femke de Vries');
  await desk.card.finished();
  const secret = 'a-secret-of-thirty-letters-12345';
  const connection = {
    ...{ id: 'webhook-1', kind: 'webhook' as const, name: 'Desk', baseUrl },
    options: { port: eventPort },
  };
  await ask(desk.page, 'helpdesk.save', { connection, token: secret });
  for (const id of ['c-1', 'c-2']) {
    const tell = (): Promise<number> =>
      fetch(`http://127.0.0.1:${eventPort}/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          ...{ event: 'conversation.started', conversationId: id, at: new Date().toISOString() },
          ...{ subject: id, customer: { name: `Customer of ${id}` }, url: pageOf(id) },
          message: { id: 'm-1', author: { role: 'customer' }, text: 'Where is my order HP-104233?' },
        }),
      }).then(
        ({ status }) => status,
        () => 0,
      );
    await expect.poll(tell).toBe(200);
  }
  await expect(desk.inbox.rows).toHaveCount(2);
  const expectCard = (id: string) =>
    expect(desk.page.locator('.card')).toHaveAttribute('data-conversation-id', `webhook-1:${id}`);

  await test.step('it is paired by the code', async () => {
    const settings = desk.dialog('Settings');
    await desk.press(',');
    await settings.getByLabel('Follow the helpdesk page in my browser').check();
    await settings.getByRole('button', { name: 'Copy pairing code' }).click();
    await expect.poll(() => desk.clipboard()).toMatch(/^cuecard-\d+-[\w-]{43}$/u);
    const code = await desk.clipboard();
    await desk.page.keyboard.press('Escape');
    await browser.open(`${browser.origin}/options.html`);
    await browser.evaluate(
      `(() => { document.getElementById('code').value = ${JSON.stringify(code)}; document.getElementById('pair').requestSubmit(); })()`,
    );
    await expect
      .poll(() => browser.evaluate(`document.getElementById('status').textContent`))
      .toBe('Connected.');
    expect(await ask(desk.page, 'extension.read', undefined)).toMatchObject({
      ...{ state: 'paired', origin: browser.origin },
    });
  });

  await test.step('the card follows the tab that is in front', async () => {
    await browser.open(pageOf('c-1'));
    await expectCard('c-1');
    await expect(desk.page.locator('.active-status')).toHaveText('Following: browser extension');
    await browser.openTab(pageOf('c-2'));
    await expectCard('c-2');
    await browser.back();
    await expectCard('c-1');
  });
  pages.close();
  pages.closeAllConnections();
});
