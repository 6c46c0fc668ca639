import { expect, type Locator, type Page } from '@playwright/test';

export type Tab =
  'Knowledge draft' | 'Releases' | 'Rollout' | 'Feedback' | 'Approvals' | 'Playground' | 'Members' | 'Audit';

/** The desk of a team's lead. */
export class TeamDesk {
  constructor(private readonly page: Page) {}

  get root(): Locator {
    return this.page.getByRole('dialog', { name: 'Team desk' });
  }

  get edits(): Locator {
    return this.root.getByRole('list', { name: 'Edited, not published yet' }).getByRole('listitem');
  }

  get conflict(): Locator {
    return this.root.getByRole('group', { name: /changed this while you were editing/ });
  }

  field(label: string | RegExp): Locator {
    return this.root.getByLabel(label, typeof label === 'string' ? { exact: true } : {});
  }

  button(name: string | RegExp): Locator {
    return this.root.getByRole('button', { name });
  }

  /** With the keyboard. */
  async open(): Promise<void> {
    await this.page.keyboard.press('g');
    await this.page.keyboard.press('l');
    await expect(this.root).toBeVisible();
  }

  async show(tab: Tab): Promise<void> {
    await this.root.getByRole('tab', { name: tab }).click();
    await expect(this.root.getByRole('tabpanel', { name: tab })).toBeVisible();
  }

  /** Opens an item of a group by its name. */
  async pick(group: string, name: string): Promise<void> {
    await this.field('Kind').selectOption(group);
    const search = this.field('Search by title or question');
    if ((await search.count()) > 0) await search.fill(name);
    await this.root.getByRole('list', { name: group }).getByRole('button', { name }).first().click();
  }

  async save(): Promise<void> {
    await this.page.keyboard.press('Control+s');
    await expect(this.button('Save to the draft')).toHaveAttribute('aria-disabled', 'true');
  }

  /** Publishes the draft and gives the number of the release. */
  async publish(notes: string, whom: 'Everybody' | 'Nobody yet' = 'Everybody'): Promise<number> {
    await this.button('Publish…').click();
    await this.field('Notes for the team').fill(notes);
    await this.root.getByRole('radio', { name: whom }).check({ force: true });
    await this.root.getByRole('button', { name: 'Publish', exact: true }).click();
    const done = this.root.getByRole('status').filter({ hasText: /is published/ });
    await expect(done).toBeVisible({ timeout: 30_000 });
    return Number(/Release (\d+) is published/.exec(await done.innerText())?.[1]);
  }
}
