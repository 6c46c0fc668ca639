import { expect, type Locator, type Page } from '@playwright/test';

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
    return this.page.getByRole('list', { name: 'Notifications' });
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
    const wanted = await this.inbox.positionOf(this.inbox.row(customer));
    for (;;) {
      const at =
        (await this.inbox.current.count()) === 0 ? 0 : await this.inbox.positionOf(this.inbox.current);
      if (at === wanted) return;
      await this.page.keyboard.press(at < wanted ? 'j' : 'k');
      await expect(this.inbox.current).toHaveAttribute(
        'aria-posinset',
        String(at < wanted ? at + 1 : at - 1),
      );
    }
  }

  /** Presses keys one after the other, as in `g f`. */
  async press(keys: string): Promise<void> {
    for (const key of keys.split(' ')) await this.page.keyboard.press(key);
  }

  /** What is on the clipboard of this computer. */
  clipboard(): Promise<string> {
    return this.cuecard.app.evaluate(({ clipboard }) => clipboard.readText());
  }

  async expectNotice(text: string | RegExp): Promise<void> {
    await expect(this.notices.getByText(text).last()).toBeVisible();
  }

  close(): Promise<void> {
    return this.cuecard.close();
  }
}
