import { expect, type Locator, type Page } from '@playwright/test';

import type { RequestTracker } from '../probes/request-tracker.js';
import type { Desk } from './desk.js';

/** Request Tracker's own page inside the window, as the rep sees it and works in it. */
export class HelpdeskPage {
  private constructor(
    readonly page: Page,
    private readonly desk: Desk,
    private readonly helpdesk: RequestTracker,
  ) {}

  /** Of the desk whose helpdesk is open inside (`G V`). */
  static async inside(desk: Desk, helpdesk: RequestTracker): Promise<HelpdeskPage> {
    const find = (): Page | undefined =>
      desk.cuecard.app.windows().find((window) => window.url().startsWith(helpdesk.url));
    await expect.poll(() => find() !== undefined).toBe(true);
    const page = find();
    if (!page) throw new Error('The helpdesk is not open inside.');
    return new HelpdeskPage(page, desk, helpdesk);
  }

  /** What RT writes into the editor's field; in a frame of its own. */
  get editor(): Locator {
    return this.page.frameLocator('iframe.cke_wysiwyg_frame').locator('body');
  }

  async signIn(): Promise<void> {
    await this.page.locator('input[name=user]').fill('rhea');
    await this.page.locator('input[name=pass]').fill(this.helpdesk.password);
    await this.page.keyboard.press('Enter');
    await expect(this.page.locator('input[name=user]')).toHaveCount(0);
  }

  /** Goes to RT's first page and opens a ticket from a list there, by pointer. */
  async openFromHome(subject: string): Promise<void> {
    await this.page.getByRole('link', { name: 'Home', exact: true }).first().click();
    await this.page.getByRole('link', { name: subject, exact: true }).first().click();
    await expect(this.page).toHaveTitle(new RegExp(subject));
  }

  /** From the ticket that is open to the form for a reply, by RT's own menu, with the cursor in its editor. */
  async reply(): Promise<void> {
    // The page does not follow what comes in; its own tab reads it anew.
    await this.page.getByRole('link', { name: 'Display', exact: true }).first().click();
    // It lies two menus deep, where nothing is without a pointer resting on them; what it does is the same.
    await this.page.locator('a[href*="Update.html?Action=Respond"]').first().dispatchEvent('click');
    await this.editor.click();
  }

  /** Presses RT's own button, by which the reply goes out. */
  async submit(): Promise<void> {
    await this.page.getByRole('button', { name: 'Update Ticket' }).last().click();
    await expect(this.page).toHaveURL(/Display\.html/);
  }

  /** Opens the form for a reply to the requestor by its address. */
  async answer(ticket: string): Promise<void> {
    await this.page.goto(`${this.helpdesk.url}/Ticket/Update.html?Action=Respond&id=${ticket}`);
    await this.editor.click();
  }

  /** Presses a key as the system hands it to the page, which the keys of the test tool go past; held for `repeats` more times. */
  async press(key: 'F6' | 'F8', repeats = 0): Promise<void> {
    await this.desk.cuecard.app.evaluate(
      ({ webContents }, { keyCode, held, origin }) => {
        const inside = webContents.getAllWebContents().find((one) => one.getURL().startsWith(origin));
        inside?.sendInputEvent({ type: 'keyDown', keyCode });
        for (let count = 0; count < held; count += 1)
          inside?.sendInputEvent({ type: 'keyDown', keyCode, modifiers: ['isAutoRepeat'] });
        inside?.sendInputEvent({ type: 'keyUp', keyCode });
      },
      { keyCode: key, held: repeats, origin: this.helpdesk.url },
    );
  }
}
