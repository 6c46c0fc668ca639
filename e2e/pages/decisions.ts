import { expect, type Locator, type Page } from '@playwright/test';

/** The list of what the rep decided so far. */
export class Decisions {
  constructor(private readonly page: Page) {}

  get panel(): Locator {
    return this.page.getByRole('dialog', { name: 'Decisions' });
  }

  get entries(): Locator {
    return this.panel.getByRole('listitem');
  }

  /** How the decisions stand with the team. */
  get delivery(): Locator {
    return this.panel.getByRole('region', { name: 'Delivery to your team' });
  }

  /** The words the rep added to the draft. */
  added(entry: Locator): Locator {
    return entry.getByRole('group', { name: 'Changes from draft to sent' }).locator('ins');
  }

  async open(): Promise<void> {
    await this.page.keyboard.press('g');
    await this.page.keyboard.press('f');
    await expect(this.panel).toBeVisible();
  }
}
