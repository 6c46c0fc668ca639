import { expect, type Locator, type Page } from '@playwright/test';

/** The panel about the team of this computer. */
export class TeamPanel {
  constructor(private readonly page: Page) {}

  get root(): Locator {
    return this.page.getByRole('dialog', { name: 'Team', exact: true });
  }

  get address(): Locator {
    return this.root.getByRole('textbox', { name: /^Address of the hub/ });
  }

  get words(): Locator {
    return this.root.getByRole('list', { name: 'Words of the team' }).getByRole('listitem');
  }

  /** The item of the status bar; found by its class, since it has no role while the panel lies over it. */
  get statusItem(): Locator {
    return this.page.locator('.status-bar .team-status');
  }

  button(name: string | RegExp): Locator {
    return this.root.getByRole('button', { name });
  }

  /** With the keyboard. */
  async open(): Promise<void> {
    await this.page.keyboard.press('g');
    await this.page.keyboard.press('t');
    await expect(this.root).toBeVisible();
  }

  /** Walks with Tab to a control and presses it, as a rep without a mouse does. */
  async press(control: Locator): Promise<void> {
    for (let step = 0; step < 20; step++) {
      if (await control.evaluate((element) => element === document.activeElement))
        return this.page.keyboard.press('Enter');
      await this.page.keyboard.press('Tab');
    }
    throw new Error('Tab does not lead there.');
  }

  /** Joins with the whole invite as one text; the hub's words must be those that are shown. */
  async join(invite: string, words: readonly string[]): Promise<void> {
    await expect(this.address).toBeFocused();
    await this.page.keyboard.insertText(invite);
    await this.page.keyboard.press('Enter');
    await expect(this.words).toHaveText([...words]);
    await this.press(this.button('They match'));
    await expect(this.button('Leave team')).toBeVisible();
  }
}
