import { expect, type Locator, type Page } from '@playwright/test';

/** The list of conversations. */
export class Inbox {
  constructor(private readonly page: Page) {}

  get list(): Locator {
    return this.page.getByRole('listbox', { name: 'Inbox' });
  }

  get rows(): Locator {
    return this.list.getByRole('option');
  }

  row(customer: string): Locator {
    return this.rows.filter({ hasText: customer });
  }

  get current(): Locator {
    return this.list.getByRole('option', { selected: true });
  }

  /** The place of a row in the whole list, counted from 1. */
  async positionOf(row: Locator): Promise<number> {
    return Number(await row.getAttribute('aria-posinset'));
  }

  /** Which row is chosen; its place may change whenever something comes in. */
  async currentId(): Promise<string | null> {
    return (await this.current.count()) === 0 ? null : this.current.getAttribute('id');
  }

  async isCurrent(customer: string): Promise<boolean> {
    return (await this.current.filter({ hasText: customer }).count()) > 0;
  }

  /** Scrolls until a row exists: only those near the part in sight do. */
  async reveal(customer: string): Promise<void> {
    await expect(async () => {
      if ((await this.row(customer).count()) === 0)
        await this.list.evaluate((list) => {
          const isAtEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 1;
          list.scrollTop = isAtEnd ? 0 : list.scrollTop + list.clientHeight;
        });
      await expect(this.row(customer)).toHaveCount(1, { timeout: 500 });
    }).toPass({ timeout: 15_000 });
  }

  async open(customer: string): Promise<void> {
    await this.reveal(customer);
    await this.row(customer).click();
    await expect(this.current).toContainText(customer);
  }
}
