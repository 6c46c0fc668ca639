import { expect, type Locator, type Page } from '@playwright/test';

/** The suggestion card of the conversation that is open. */
export class Card {
  constructor(private readonly page: Page) {}

  get root(): Locator {
    return this.page.getByRole('region', { name: 'Suggestion', exact: true });
  }

  part(name: string | RegExp): Locator {
    return this.root.getByRole('region', { name });
  }

  get reply(): Locator {
    return this.part(/^Suggested reply/);
  }

  get sentences(): Locator {
    return this.root.locator('[data-sentence]');
  }

  /** Sentences that state something and so need a source. */
  get claims(): Locator {
    return this.root.locator('[data-sentence][data-role="claim"]');
  }

  /** The marks behind a sentence that say where it comes from. */
  citationsOf(sentence: Locator): Locator {
    return sentence.getByRole('button', { name: /^(Source E|Fact T)\d/ }).or(sentence.getByTitle(/^Macro: /));
  }

  /** The mark of a sentence that opens its verdict. */
  verdictOf(sentenceId: string): Locator {
    return this.root.locator(`[data-sentence="${sentenceId}"]`).getByRole('button', { name: /^Sentence / });
  }

  get facts(): Locator {
    return this.part('Order facts');
  }

  get sources(): Locator {
    return this.part('Sources');
  }

  get closestPassages(): Locator {
    return this.part('Closest passages');
  }

  get handover(): Locator {
    return this.part('Handover summary');
  }

  get warnings(): Locator {
    return this.root.getByRole('list', { name: 'Warnings' });
  }

  get entities(): Locator {
    return this.root.getByRole('list', { name: 'Found in the message' });
  }

  /** Unfolds the time of each stage. */
  async showStages(): Promise<void> {
    await this.root.getByText(/stages? in /).click();
  }

  stage(name: string): Locator {
    return this.root.getByRole('list', { name: 'Stages' }).getByRole('listitem').filter({ hasText: name });
  }

  action(name: string): Locator {
    return this.root.getByRole('button', { name });
  }

  /** Waits until the card is ready, whatever it came to or as `outcome`, and gives the run it belongs to. */
  async finished(outcome?: 'reply' | 'withheld' | 'escalated'): Promise<string> {
    await expect(this.root).toHaveAttribute('data-state', 'ready');
    if (outcome) await expect(this.root).toHaveAttribute('data-outcome', outcome);
    return this.runId();
  }

  async runId(): Promise<string> {
    return (await this.root.getAttribute('data-run-id')) ?? '';
  }

  /** Waits for the finished card of another run than `before`. */
  async finishedAfter(before: string): Promise<string> {
    await expect(this.root).not.toHaveAttribute('data-run-id', before);
    return this.finished();
  }
}
