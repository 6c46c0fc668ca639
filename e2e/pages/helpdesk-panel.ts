import { expect, type Locator, type Page } from '@playwright/test';

/** The panel of connected helpdesks. */
export class HelpdeskPanel {
  constructor(private readonly page: Page) {}

  get root(): Locator {
    return this.page.getByRole('dialog', { name: 'Helpdesks' });
  }

  get status(): Locator {
    return this.root.getByRole('status');
  }

  get rows(): Locator {
    return this.root.getByRole('list', { name: 'Connected helpdesks' }).locator('[data-connection]');
  }

  /** The item of the status bar; found by its class, since it has no role while the panel lies over it. */
  get statusItem(): Locator {
    return this.page.locator('.status-bar .helpdesk-status');
  }

  field(name: string): Locator {
    return this.root.getByLabel(name, { exact: true });
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }

  /** With the keyboard. */
  async open(): Promise<void> {
    await this.page.keyboard.press('g');
    await this.page.keyboard.press('h');
    await expect(this.root).toBeVisible();
  }

  /** Walks with Tab to a control, as a rep without a mouse does. */
  async walkTo(control: Locator): Promise<void> {
    for (let step = 0; step < 30; step++) {
      if (await control.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error('Tab does not lead there.');
  }

  async press(name: string): Promise<void> {
    await this.walkTo(this.button(name));
    await this.page.keyboard.press('Enter');
  }

  async type(field: string, text: string): Promise<void> {
    await this.walkTo(this.field(field));
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.insertText(text);
  }

  /** Connects a Request Tracker as `Support desk`, and closes the panel. */
  async connect({ url, token }: { readonly url: string; readonly token: string }): Promise<void> {
    await this.open();
    await this.press('Add a helpdesk');
    await this.type('Address', url);
    await this.type('Queue', 'Orders');
    await this.type('Authentication token', token);
    await this.type('Name', 'Support desk');
    await this.press('Save');
    await expect(this.status).toContainText('Support desk is connected.');
    await this.page.keyboard.press('Escape');
  }
}
