import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';

import { createEmbeddedView } from './embedded-view.js';

/** Electron runs in no test of this kind: its pages, as far as opening and ending them goes. */
const { pages } = vi.hoisted(() => ({ pages: [] as string[][] }));
vi.mock('electron', () => ({
  ...{ app: {}, net: {}, protocol: {} },
  session: {
    fromPartition: () => ({
      setPermissionRequestHandler: () => undefined,
      setPermissionCheckHandler: () => undefined,
    }),
  },
  WebContentsView: class {
    readonly loaded: string[] = [];
    readonly webContents = Object.assign(new EventEmitter(), {
      setWindowOpenHandler: () => undefined,
      isFocused: () => false,
      loadURL: (url: string) => {
        this.loaded.push(url);
        return Promise.resolve();
      },
      close: () => void setImmediate(() => this.webContents.emit('destroyed')),
    });
    constructor() {
      pages.push(this.loaded);
    }
    setVisible = (): void => undefined;
    setBounds = (): void => undefined;
  },
}));

const HOME = 'https://desk.example.com';
function viewOf() {
  pages.length = 0;
  const connected = new Set(['desk-1', 'desk-2']);
  const view = createEmbeddedView({
    window: () => null,
    addressOf: (id) => (connected.has(id) ? `${HOME}/${id}` : null),
    origins: { of: () => [], allow: () => undefined, forget: () => undefined, keepOnly: () => undefined },
    pages: { opened: () => undefined },
    ...{ onChanged: () => undefined, onUrl: () => undefined, onInsertAsked: () => undefined },
    conversationOf: () => null,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  /** Begins afresh, and gives how many pages there were while it was at work. */
  async function clears(meanwhile: () => void, isLost = false): Promise<number> {
    const before = pages.length;
    let opened = 0;
    const done = view.beginAfresh(async () => {
      meanwhile();
      await new Promise((resolve) => setImmediate(resolve));
      opened = pages.length - before;
      if (isLost) throw new Error('The session cannot be cleared.');
    });
    if (isLost) await expect(done).rejects.toThrow('cannot be cleared');
    else await done;
    return opened;
  }
  return { view, connected, clears };
}

// Catches: a page that is opened on a session while it is cleared, and writes back what a customer asked to be forgotten.
it.each([
  ['desk-1', true],
  ['desk-2', true],
  ['desk-1', false],
])('opens what is asked for only when the pages are cleared (%s, shown: %s)', async (id, isShown) => {
  const { view, clears } = viewOf();
  if (isShown) view.open('desk-1', `${HOME}/ticket/1`);
  const url = `${HOME}/ticket/42`;
  const opened = await clears(() => expect(view.open(id, url)).toMatchObject({ connectionId: id }));
  expect(opened).toBe(0);
  expect(pages.at(-1)).toEqual([url]);
  expect(pages).toHaveLength(isShown ? 2 : 1);
  expect(view.state()).toMatchObject({ connectionId: id, url });
});

// Catches: a page that comes back after the rep closed it or its helpdesk was removed, and one that is gone for good after a failure.
it('begins with the first page, also after a failure, unless the page was closed or the helpdesk removed', async () => {
  const { view, connected, clears } = viewOf();
  view.open('desk-1', `${HOME}/ticket/1`);
  expect(await clears(() => undefined, true)).toBe(0);
  expect(pages.at(-1)).toEqual([`${HOME}/desk-1`]);
  await clears(() => {
    view.open('desk-1', `${HOME}/ticket/42`);
    view.close();
  });
  expect([pages.length, view.state().connectionId]).toEqual([2, null]);
  view.open('desk-1', null);
  await clears(() => connected.delete('desk-1'));
  expect([pages.length, view.state().connectionId]).toEqual([3, null]);
});
