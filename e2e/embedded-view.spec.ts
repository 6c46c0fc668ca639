import { mkdir } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import { repoRoot } from './launch.js';
import type { Desk } from './pages/desk.js';
import { HelpdeskPage } from './pages/helpdesk-page.js';
import { startRequestTracker, type RequestTracker } from './probes/request-tracker.js';

const screens = path.join(repoRoot, 'test-results/screens');

let rt: RequestTracker | string;
test.beforeAll(async () => {
  test.setTimeout(600_000);
  rt = await startRequestTracker();
});
test.afterAll(async () => {
  if (rt && typeof rt !== 'string') await rt.close();
});

/**
 * Runs a script in the helpdesk's page, as the rep or the page itself would act; it must do no harm twice. Asked again where the test tool loses an
 * answer: under load the main process collects it too early.
 */
async function inPage<T>(desk: Desk, script: string): Promise<T> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return (await desk.cuecard.app.evaluate(
        ({ webContents }, code) =>
          webContents
            .getAllWebContents()
            .find((contents) => contents.getURL().startsWith('http'))
            ?.executeJavaScript(code, true),
        script,
      )) as T;
    } catch (error) {
      if (attempt > 5 || !String(error).includes('garbage collected')) throw error;
    }
}

async function signIn(desk: Desk, helpdesk: RequestTracker): Promise<void> {
  await expect.poll(() => inPage<boolean>(desk, `!!document.querySelector('input[name=user]')`)).toBe(true);
  await inPage(
    desk,
    `(() => { if (!document.querySelector('input[name=user]')) return;
       document.querySelector('input[name=user]').value = 'rhea';
       document.querySelector('input[name=pass]').value = ${JSON.stringify(helpdesk.password)};
       document.querySelector('form#login, form').submit(); })()`,
  );
}

// Catches: an app that follows no page, a reply that is sent by itself, and a page that gets out of its place.
test('the helpdesk’s own pages are followed, and take the reply without sending it', async ({ stage }) => {
  test.skip(typeof rt === 'string', typeof rt === 'string' ? `Request Tracker: ${rt}` : '');
  if (typeof rt === 'string') return;
  const helpdesk = rt;
  test.setTimeout(180_000);
  await mkdir(screens, { recursive: true });
  const first = await helpdesk.opens('Where is HP-104233?', 'Where is my order HP-104233?');
  const second = await helpdesk.opens('Washing', 'How do I wash the duvet cover?');
  const desk = await stage.open({ play: ['01-order-status'] });
  const { page } = desk;
  await desk.openCard('Femke de Vries');
  const id = 'request_tracker-1';
  const connection = {
    id,
    kind: 'request_tracker' as const,
    name: 'Desk',
    baseUrl: helpdesk.url,
    options: {},
  };
  await ask(page, 'helpdesk.save', { connection, token: helpdesk.token });
  await expect(desk.inbox.rows).toHaveCount(2);
  const pageOf = (ticket: string): string => `${helpdesk.url}/Ticket/Display.html?id=${ticket}`;
  const go = (address: string) => inPage(desk, `void (location.href = ${JSON.stringify(address)})`);

  await test.step('it opens by one key, signed in by the rep, and shows no other session', async () => {
    await desk.press('g v');
    await expect(page.getByRole('region', { name: 'Helpdesk' })).toBeVisible();
    await signIn(desk, helpdesk);
    await expect(page.locator('.view-address')).not.toContainText('NoAuth');
  });

  await test.step('the card follows the page: one ticket, none, another', async () => {
    await go(pageOf(first));
    await expect(page.locator('.card')).toHaveAttribute('data-conversation-id', `${id}:${first}`);
    await desk.card.finished();
    await go(`${helpdesk.url}/`);
    await expect(page.locator('.view-address')).toHaveText(`${helpdesk.url}/`);
    await expect(page.locator('.card')).toHaveAttribute('data-conversation-id', `${id}:${first}`);
    await go(pageOf(second));
    await expect(page.locator('.card')).toHaveAttribute('data-conversation-id', `${id}:${second}`);
    await go(pageOf(first));
    await expect(page.locator('.card')).toHaveAttribute('data-conversation-id', `${id}:${first}`);
    await page.screenshot({ path: path.join(screens, 'embedded-view.png') });
  });

  await test.step('it lies on its place, and below nothing of ours', async () => {
    const bounds = () =>
      desk.cuecard.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.contentView.children.at(-1)?.getBounds(),
      );
    const box = await page.locator('.view-place').boundingBox();
    const near = (value: number | undefined): number => Math.round(value ?? -1);
    expect(await bounds()).toEqual({
      ...{ x: near(box?.x), y: near(box?.y), width: near(box?.width), height: near(box?.height) },
    });
    await page.locator('.card').click();
    await desk.press('g h');
    await expect.poll(async () => (await bounds())?.width).toBe(0);
    await page.keyboard.press('Escape');
    await expect.poll(async () => (await bounds())?.width).toBe(near(box?.width));
    await desk.press('1');
    await expect(desk.sources.article).toBeVisible();
    await expect.poll(async () => (await bounds())?.width).toBe(0);
    await page.keyboard.press('Escape');
    await expect.poll(async () => (await bounds())?.width).toBe(near(box?.width));
  });

  await test.step('its width is the rep’s, by keyboard and by hand, and is kept', async () => {
    const line = page.getByRole('separator', { name: 'Width of the card beside the helpdesk' });
    const share = async (): Promise<number> => (await ask(page, 'settings.read', undefined)).cardShare;
    const width = async (): Promise<number> => (await page.locator('.view-place').boundingBox())?.width ?? 0;
    const shown = () =>
      desk.cuecard.app.evaluate(
        ({ BrowserWindow }) =>
          BrowserWindow.getAllWindows()[0]?.contentView.children.at(-1)?.getBounds().width ?? 0,
      );
    const before = await width();
    await line.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(share).toBe(37);
    await expect.poll(width).toBeLessThan(before);
    await expect.poll(shown).toBe(Math.round(await width()));
    const box = await line.boundingBox();
    if (!box) throw new Error('There is no line.');
    const inner = await page.evaluate(() => innerWidth);
    await page.mouse.move(box.x + box.width / 2, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(inner * 0.6, box.y + 220, { steps: 4 });
    await expect.poll(shown).toBe(0);
    await page.mouse.move(inner * 0.5, box.y + 220, { steps: 4 });
    await page.mouse.up();
    await expect.poll(share).toBe(50);
    await expect.poll(shown).toBe(Math.round(await width()));
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    await page.screenshot({ path: path.join(screens, 'embedded-view-split.png') });
    await line.focus();
    await page.keyboard.press('End');
    await expect.poll(share).toBe(25);
  });

  await test.step('without a text field the reply goes onto the clipboard', async () => {
    await desk.press('w');
    await page.keyboard.insertText('Your parcel is on its way.');
    await page.keyboard.press('Control+Enter');
    await desk.expectNotice('the reply is on the clipboard');
  });

  await test.step('into the text field that has the focus it is inserted, and nothing is sent', async () => {
    await go(`${helpdesk.url}/Ticket/Update.html?Action=Respond&id=${first}`);
    await expect
      .poll(() => inPage<boolean>(desk, `!!document.querySelector('textarea[name=UpdateContent]')`))
      .toBe(true);
    await inPage(
      desk,
      `(() => { const area = document.querySelector('textarea[name=UpdateContent]');
         const editor = window.CKEDITOR && Object.values(CKEDITOR.instances)[0];
         if (editor) editor.destroy(); area.style.display = ''; area.focus(); })()`,
    );
    await page.locator('.composer textarea, textarea').first().focus();
    await page.keyboard.press('Control+Enter');
    await desk.expectNotice('Inserted into the helpdesk.');
    expect(
      await inPage<string>(desk, `document.querySelector('textarea[name=UpdateContent]').value`),
    ).toContain('Your parcel is on its way.');
    const sent = (await helpdesk.spoken(first)).filter(({ content }) => content.includes('on its way'));
    expect(sent).toEqual([]);
  });

  await test.step('the page cannot leave its place', async () => {
    const other = http.createServer((_, response) => response.end('elsewhere')).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const elsewhere = `http://127.0.0.1:${String((other.address() as AddressInfo).port)}`;
    await go(`${elsewhere}/login`);
    await expect(page.getByText(`The page wants to go to ${elsewhere}.`)).toBeVisible();
    await expect(page.locator('.view-address')).toContainText(helpdesk.url);
    expect(await inPage(desk, `window.open(${JSON.stringify(`${elsewhere}/login`)}) === null`)).toBe(true);
    expect(await inPage(desk, `typeof require + typeof process + typeof window.assist`)).toBe(
      'undefinedundefinedundefined',
    );
    const permission = `navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state)`;
    expect(await inPage(desk, permission)).toBe('denied');
    await page.getByRole('button', { name: `Allow ${elsewhere}` }).click();
    await expect(page.locator('.view-address')).toHaveText(`${elsewhere}/login`);
    // Kept for this helpdesk, until the rep takes it back.
    await ask(page, 'view.close', undefined);
    await page.locator('.card').click();
    await desk.press('g v');
    await expect.poll(() => inPage<string>(desk, 'location.origin')).toBe(helpdesk.url);
    await go(`${elsewhere}/login`);
    await expect(page.locator('.view-address')).toHaveText(`${elsewhere}/login`);
    await go(pageOf(first));
    await page.getByRole('button', { name: 'Places the page may go to besides' }).click();
    await expect(page.getByRole('dialog').getByRole('listitem')).toHaveText(elsewhere);
    await page.getByRole('button', { name: 'Allow none of them' }).click();
    await expect(page.getByRole('button', { name: 'Places the page may go to besides' })).toHaveCount(0);
    await go(`${elsewhere}/login`);
    await expect(page.getByText(`The page wants to go to ${elsewhere}.`)).toBeVisible();
    other.close();
    other.closeAllConnections();
  });

  await test.step('one key closes it, and the inbox is back with the reply that was not sent', async () => {
    await page.locator('.card').click();
    await desk.press('Escape g v');
    await expect(desk.inbox.rows).toHaveCount(2);
    await expect(desk.composer.field).toHaveValue('Your parcel is on its way.');
  });
});

// Catches: a rep who has to leave the helpdesk's editor for the reply, a reply in it twice or in the wrong ticket, and one that is sent by itself.
test('one key brings the reply into the helpdesk’s own editor, from in there', async ({ stage }) => {
  test.skip(typeof rt === 'string', typeof rt === 'string' ? `Request Tracker: ${rt}` : '');
  if (typeof rt === 'string') return;
  const helpdesk = rt;
  test.setTimeout(180_000);
  await mkdir(screens, { recursive: true });
  const first = await helpdesk.opens('Where is HP-104233?', 'Where is my order HP-104233?');
  const second = await helpdesk.opens('Washing', 'How do I wash the duvet cover?');
  const desk = await stage.open({ play: ['01-order-status'] });
  const { page, card } = desk;
  await desk.openCard('Femke de Vries');
  const id = 'request_tracker-1';
  const connection = { id, kind: 'request_tracker' as const, name: 'Desk', baseUrl: helpdesk.url };
  await ask(page, 'helpdesk.save', { connection: { ...connection, options: {} }, token: helpdesk.token });
  await expect(desk.inbox.rows).not.toHaveCount(0);
  await desk.press('g v');
  const inside = await HelpdeskPage.inside(desk, helpdesk);
  const { editor } = inside;
  await inside.signIn();
  const open = async (ticket: string): Promise<void> => {
    await inside.answer(ticket);
    await expect(page.locator('.card')).toHaveAttribute('data-conversation-id', `${id}:${ticket}`);
    await card.finished('reply');
  };
  const sentence = 'PW4410027919NL';
  const times = async (words: string): Promise<number> => (await editor.innerText()).split(words).length - 1;
  const decisions = async (): Promise<string[]> => {
    const list = await ask(page, 'feedback.list', { limit: 50, before: null });
    return list.map(({ action }) => action.kind);
  };
  await page.evaluate(() => document.body.focus());

  await test.step('pressed and held in the page it puts the card’s reply there, once', async () => {
    await open(first);
    await inside.press('F8', 3);
    await desk.expectNotice('Inserted into the helpdesk. Send it there.');
    await expect.poll(() => times(sentence)).toBe(1);
    await expect(card.root).toContainText('Inserted');
    expect(await decisions()).toEqual(['inserted']);
    await expect(desk.notices.getByRole('listitem').last()).toBeInViewport({ ratio: 1 });
    const [notice, place] = [
      await desk.notices.getByRole('listitem').last().boundingBox(),
      await page.locator('.view-place').boundingBox(),
    ];
    expect(notice?.x).toBeGreaterThan((place?.x ?? 0) + (place?.width ?? 0));
    await desk.picture(path.join(screens, 'embedded-view-inserted.png'));
  });

  await test.step('pressed again it puts nothing in, unless it is pressed once more', async () => {
    await inside.press('F8');
    await desk.expectNotice('holds it already');
    expect(await times(sentence)).toBe(1);
    // Sooner than that it is a double press.
    await page.waitForTimeout(700);
    await inside.press('F8');
    await expect.poll(() => times(sentence)).toBe(2);
    await inside.page.keyboard.press('Control+a');
    await inside.page.keyboard.press('Delete');
    await expect.poll(() => times(sentence)).toBe(0);
    await inside.press('F8');
    await expect.poll(() => times(sentence)).toBe(1);
  });

  await test.step('what the rep has begun to write goes in its place, also into a plain text field', async () => {
    await inside.page.evaluate(`(() => {
      for (const editor of Object.values(CKEDITOR.instances)) editor.destroy(true);
      const area = document.querySelector('textarea[name=UpdateContent]');
      area.style.display = ''; area.value = ''; area.focus(); })()`);
    const area = inside.page.locator('textarea[name=UpdateContent]');
    await inside.press('F6');
    await expect.poll(() => page.evaluate(() => document.hasFocus())).toBe(true);
    await desk.press('w');
    await page.keyboard.insertText('My own words.');
    await page.keyboard.press('F8');
    await expect(area).toHaveValue('My own words.');
    await inside.press('F6');
    await expect(desk.composer.field).toHaveValue('My own words.');
    await page.getByRole('button', { name: 'Clear reply' }).click();
    await page.locator('.card').click();
    await desk.press('i');
    await expect(area).toHaveValue(/^My own words\..*PW4410027919NL/su);
    await expect(page.getByRole('button', { name: 'Write a reply' })).toBeVisible();
  });

  await test.step('in a field of one line nothing is put in; the reply is on the clipboard', async () => {
    const subject = inside.page.locator('input[name=UpdateSubject]');
    const before = await subject.inputValue();
    await subject.focus();
    await inside.press('F8');
    await desk.expectNotice('No text field of the helpdesk has the focus');
    expect(await subject.inputValue()).toBe(before);
    expect(await desk.clipboard()).toContain(sentence);
  });

  await test.step('in the page of another conversation than the card’s nothing is put in', async () => {
    await inside.press('F6');
    await desk.press('Escape g u');
    await desk.expectNotice('The card stays where you put it.');
    const before = await desk.clipboard();
    await inside.answer(second);
    await inside.press('F8');
    await desk.expectNotice('another conversation than the card');
    expect((await editor.innerText()).trim()).toBe('');
    expect(await desk.clipboard()).toBe(before);
  });

  expect((await helpdesk.spoken(first)).filter(({ content }) => content.includes(sentence))).toEqual([]);
});
