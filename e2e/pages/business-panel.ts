import { expect, type Locator, type Page } from '@playwright/test';

/** The panel of connected business systems, used as a rep without a mouse does. */
export class BusinessPanel {
  constructor(
    private readonly page: Page,
    /** Another dialog, to be used by the same keys. */
    private readonly title = 'Business systems',
  ) {}

  get root(): Locator {
    return this.page.getByRole('dialog', { name: this.title });
  }

  get status(): Locator {
    return this.root.getByRole('status');
  }

  get rows(): Locator {
    return this.root.getByRole('list', { name: 'Connected business systems' }).getByRole('listitem');
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }

  field(label: string): Locator {
    return this.root.getByLabel(label, { exact: true });
  }

  async open(): Promise<void> {
    await this.page.keyboard.press('g');
    await this.page.keyboard.press('b');
    await expect(this.root).toBeVisible();
  }

  async walkTo(control: Locator): Promise<void> {
    for (let step = 0; step < 60; step++) {
      if (await control.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error('Tab does not lead there.');
  }

  async press(name: string): Promise<void> {
    await this.walkTo(this.button(name));
    await this.page.keyboard.press('Enter');
  }

  async type(label: string, text: string): Promise<void> {
    await this.walkTo(this.field(label));
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.insertText(text);
  }

  /** Opens the form of a new system of this kind. */
  async add(kind: string): Promise<void> {
    await this.press('Connect a business system');
    await this.walkTo(this.field('System'));
    await this.page.keyboard.type(kind);
    await expect(this.field('System').locator('option:checked')).toHaveText(kind);
  }

  /** Tests what is entered and gives what the panel says. */
  async test(): Promise<Locator> {
    await this.press('Test connection');
    await expect(this.button('Test connection')).toBeVisible();
    return this.status;
  }
}
