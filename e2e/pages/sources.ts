import type { Locator, Page } from '@playwright/test';

/** The article a source comes from, opened at the cited passage. */
export class Sources {
  constructor(private readonly page: Page) {}

  get article(): Locator {
    return this.page.getByRole('dialog', { name: /^Source: / });
  }

  get passage(): Locator {
    return this.article.locator('mark');
  }

  /** Everything that is highlighted, in reading order. */
  async highlighted(): Promise<string> {
    return (await this.passage.allTextContents()).join('');
  }
}
