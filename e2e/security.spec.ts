import type { WithPreferences } from './electron-internals.js';
import { expect, sharedDesk, test } from './fixtures.js';

const desk = sharedDesk({ play: ['01-order-status'] });

// Catches a switch that was flipped while something was tried out.
test('the window runs sandboxed, isolated and without Node', async () => {
  const { cuecard, page } = desk();
  const preferences = await cuecard.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) =>
      (webContents as unknown as WithPreferences).getLastWebPreferences(),
    ),
  );
  expect(preferences).toHaveLength(1);
  expect(preferences[0]).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
  });
  expect(preferences[0]?.webSecurity).not.toBe(false);
  const globals = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
      (name) => name in window,
    ),
  );
  expect(globals).toEqual([]);
});

// Catches a page that can be led away, with the rep's session, by a link in a customer's message.
test('the window never leaves its own page', async () => {
  const { cuecard, page } = desk();
  for (const target of [
    'https://example.com/',
    'cuecard://elsewhere/index.html',
    'cuecard://app/other.html',
  ]) {
    const isDenied = cuecard.app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<boolean>((resolve) =>
          BrowserWindow.getAllWindows()[0]?.webContents.once('will-navigate', (event) =>
            resolve(event.defaultPrevented),
          ),
        ),
    );
    await page.evaluate((address) => {
      const link = document.createElement('a');
      link.href = address;
      document.body.append(link);
      // After this evaluation has answered, since a navigation would take it along.
      setTimeout(() => {
        link.click();
        link.remove();
      });
    }, target);
    expect(await isDenied, target).toBe(true);
    expect(page.url()).toBe('cuecard://app/index.html');
  }
  // A local file is refused earlier, by Chromium itself.
  const refusal = page.waitForEvent('console', (message) => message.text().includes('Not allowed to load'));
  await page.evaluate(() => (location.href = 'file:///etc/passwd'));
  await refusal;
  expect(page.url()).toBe('cuecard://app/index.html');
});

// Catches a pop-up that runs outside every guard.
test('no new window opens', async () => {
  const { cuecard, page } = desk();
  const opened = await page.evaluate(() => {
    const popup = window.open('https://example.com/', '_blank');
    const blank = window.open('about:blank');
    return [popup, blank].map((it) => it === null);
  });
  expect(opened).toEqual([true, true]);
  expect(cuecard.app.windows()).toHaveLength(1);
});

// Catches a policy that is only written down: it is sent with the page, and it bites.
test('the content security policy is strict and in force', async () => {
  const { cuecard, page } = desk();
  const policy = await cuecard.app.evaluate(async ({ net }, address) => {
    const answer = await net.fetch(address);
    return answer.headers.get('Content-Security-Policy') ?? '';
  }, page.url());
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');
  expect(policy).not.toContain('http');
  const refused = await page.evaluate(async () => {
    const violations = new Set<string>();
    const refusal = (directive: string, add: () => void): Promise<void> =>
      new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          violations.add(effectiveDirective);
          if (effectiveDirective === directive) resolve();
        });
        add();
      });
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    await refusal('script-src-elem', () => document.body.append(script));
    const image = new Image();
    await refusal('img-src', () => (image.src = 'https://example.com/pixel.png'));
    await refusal('connect-src', () => void fetch('https://example.com/').catch(() => undefined));
    script.remove();
    return { violations: [...violations].sort(), isInjected: 'injected' in window };
  });
  expect(refused).toEqual({ violations: ['connect-src', 'img-src', 'script-src-elem'], isInjected: false });
});

// Catches an app file server that gives out files beside the app.
test('only files of the window are served', async () => {
  const statuses = await desk().cuecard.app.evaluate(async ({ net }) => {
    const addresses = [
      'cuecard://app/..%2f..%2fpackage.json',
      'cuecard://app/..%2fmain.js',
      'cuecard://app/%2e%2e/main.js',
      'cuecard://other/index.html',
      'cuecard://app/',
    ];
    return Promise.all(addresses.map(async (address) => (await net.fetch(address)).status));
  });
  expect(statuses).toEqual([404, 404, 404, 404, 404]);
});

// Catches a permission the window never needs.
test('camera, location and notifications are denied', async () => {
  const states = await desk().page.evaluate(async () => {
    const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'granted',
      () => 'denied',
    );
    return [media, await Notification.requestPermission()];
  });
  expect(states).toEqual(['denied', 'denied']);
});
