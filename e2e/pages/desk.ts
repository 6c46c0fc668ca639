import { writeFile } from 'node:fs/promises';

import { expect, type Locator, type Page } from '@playwright/test';

import { ask } from '../bridge.js';
import type { Cuecard } from '../launch.js';
import { Card } from './card.js';
import { Composer } from './composer.js';
import { Decisions } from './decisions.js';
import { Inbox } from './inbox.js';
import { Sources } from './sources.js';

/** The whole window, part by part. */
export class Desk {
  readonly page: Page;
  readonly inbox: Inbox;
  readonly card: Card;
  readonly composer: Composer;
  readonly sources: Sources;
  readonly decisions: Decisions;

  constructor(readonly cuecard: Cuecard) {
    this.page = cuecard.page;
    this.inbox = new Inbox(this.page);
    this.card = new Card(this.page);
    this.composer = new Composer(this.page);
    this.sources = new Sources(this.page);
    this.decisions = new Decisions(this.page);
  }

  /** The thread of the conversation that is open. */
  get messages(): Locator {
    return this.page
      .getByRole('list', { name: 'Messages' })
      .or(this.page.getByRole('log', { name: 'Messages' }));
  }

  get notices(): Locator {
    return this.page.getByRole('region', { name: 'Notifications' });
  }

  /** Sets how the window looks and waits until it does. */
  async look(look: { theme?: 'light' | 'dark'; layout?: 'beside' | 'full' }): Promise<void> {
    await ask(this.page, 'settings.update', look);
    const { theme, layout } = look;
    if (theme) await expect.poll(() => this.prefersDark()).toBe(theme === 'dark');
    if (layout === 'beside') await expect.poll(() => this.width()).toBeLessThanOrEqual(420);
    if (layout === 'full') await expect.poll(() => this.width()).toBeGreaterThan(1000);
  }

  private prefersDark(): Promise<boolean> {
    return this.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  }

  private width(): Promise<number> {
    return this.page.evaluate(() => innerWidth);
  }

  dialog(name: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name });
  }

  /** Opens a conversation and waits for its finished card. */
  async openCard(customer: string): Promise<void> {
    await this.inbox.open(customer);
    await this.card.finished();
  }

  /** Walks the inbox with J and K until a conversation is open, as a rep without a mouse does. */
  async walkTo(customer: string): Promise<void> {
    while (!(await this.inbox.isCurrent(customer))) {
      const before = await this.inbox.currentId();
      const from = before === null ? 0 : await this.inbox.positionOf(this.inbox.current);
      const to = await this.inbox.positionOf(this.inbox.row(customer));
      await this.page.keyboard.press(from < to ? 'j' : 'k');
      await expect.poll(() => this.inbox.currentId()).not.toBe(before);
    }
  }

  /** Closes whatever lies over the inbox and leaves every text field. */
  async backToInbox(): Promise<void> {
    const open = this.page.getByRole('dialog');
    while ((await open.count()) > 0) {
      const before = await open.count();
      await this.page.keyboard.press('Escape');
      await expect.poll(() => open.count()).toBeLessThan(before);
    }
    await this.page.keyboard.press('Escape');
  }

  /** Presses keys one after the other, as in `g f`. */
  async press(keys: string): Promise<void> {
    for (const key of keys.split(' ')) await this.page.keyboard.press(key);
  }

  /** What is on this computer's screen, the helpdesk's own pages included, which a picture of the window's page leaves out. */
  async picture(file: string): Promise<void> {
    const { bounds, png } = await this.cuecard.app.evaluate(
      async ({ BrowserWindow, desktopCapturer, screen }) => {
        const { size } = screen.getPrimaryDisplay();
        const sources = await desktopCapturer.getSources({ types: ['screen'], thumbnailSize: size });
        const bounds = BrowserWindow.getAllWindows()[0]?.getBounds() ?? { x: 0, y: 0, ...size };
        return { bounds, png: sources[0]?.thumbnail.crop(bounds).toPNG().toString('base64') ?? '' };
      },
    );
    expect(bounds.width).toBeGreaterThan(0);
    await writeFile(file, Buffer.from(png, 'base64'));
  }

  /** What is on the clipboard of this computer. */
  clipboard(): Promise<string> {
    return this.cuecard.app.evaluate(({ clipboard }) => clipboard.readText());
  }

  /** What a screen reader says last; the eye sees the same for some seconds in `notices`. */
  async expectNotice(text: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('status')).toContainText(text);
  }

  async expectNoNotice(): Promise<void> {
    await expect(this.notices.getByRole('listitem')).toHaveCount(0);
  }

  close(): Promise<void> {
    return this.cuecard.close();
  }
}
