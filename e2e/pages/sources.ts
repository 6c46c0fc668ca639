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

  /** The words of the passage that one sentence of the reply stands on. */
  get citedWords(): Locator {
    return this.article.locator('mark[data-kind="cited"]');
  }

  /** Everything that is highlighted, in reading order. */
  async highlighted(): Promise<string> {
    return (await this.passage.allTextContents()).join('');
  }
}
