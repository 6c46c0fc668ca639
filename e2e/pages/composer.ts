import type { Locator, Page } from '@playwright/test';

/** Where the rep writes the reply. */
export class Composer {
  constructor(private readonly page: Page) {}

  get field(): Locator {
    return this.page.getByRole('textbox', { name: 'Reply' });
  }

  get send(): Locator {
    return this.page.getByRole('button', { name: 'Send' });
  }

  text(): Promise<string> {
    return this.field.inputValue();
  }
}
