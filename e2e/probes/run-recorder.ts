import type { Page } from '@playwright/test';

/** What the reply area showed at one moment, and what main had told the window by then. */
export interface Snapshot {
  /** Run the card said it belonged to. */
  readonly runId: string;
  readonly sentences: readonly string[];
  /** Run that had last started in the conversation that is open. */
  readonly newestRunId: string;
}

export interface RunRecord {
  readonly snapshots: readonly Snapshot[];
  /** Runs in the order they started. */
  readonly started: readonly string[];
  readonly cancelled: readonly string[];
  /** Every sentence main streamed or delivered, by run. */
  readonly written: Readonly<Record<string, readonly string[]>>;
  /** Events of a run that came after it was cancelled or another had started. */
  readonly late: readonly string[];
}

/**
 * Records every change of the reply area, down to single text nodes, and every event about runs of a conversation.
 * The function returned gives what was recorded so far.
 */
export async function recordRuns(page: Page, conversationId: string): Promise<() => Promise<RunRecord>> {
  await page.evaluate((conversation) => {
    const written: Record<string, string[]> = {};
    const record = {
      snapshots: [] as Snapshot[],
      started: [] as string[],
      cancelled: [] as string[],
      written,
      late: [] as string[],
    };
    const isOver = (runId: string): boolean =>
      record.cancelled.includes(runId) || (record.started.includes(runId) && record.started.at(-1) !== runId);
    const write = (runId: string, text: string): void => {
      written[runId] = [...(written[runId] ?? []), text];
    };
    window.assist.on('suggestion.run_started', (event) => {
      if (event.conversationId === conversation) record.started.push(event.runId);
    });
    window.assist.on('suggestion.cancelled', (event) => {
      if (event.conversationId === conversation) record.cancelled.push(event.runId);
    });
    window.assist.on('suggestion.draft_streamed', (event) => {
      if (event.conversationId !== conversation) return;
      if (isOver(event.runId)) record.late.push(`sentence of ${event.runId}`);
      write(event.runId, event.sentence.text);
    });
    window.assist.on('suggestion.stage_changed', (event) => {
      if (event.conversationId !== conversation) return;
      if (isOver(event.runId)) record.late.push(`${event.stage} of ${event.runId}`);
      if (event.payload?.stage === 'drafting')
        for (const sentence of event.payload.draft.sentences) write(event.runId, sentence.text);
    });
    window.assist.on('suggestion.ready', ({ suggestion }) => {
      if (suggestion.conversationId !== conversation) return;
      if (isOver(suggestion.runId)) record.late.push(`card of ${suggestion.runId}`);
      if (suggestion.outcome === 'reply')
        for (const sentence of suggestion.draft.sentences) write(suggestion.runId, sentence.text);
    });
    const look = (): void => {
      const card = document.querySelector<HTMLElement>('[data-run-id]');
      record.snapshots.push({
        runId: card?.dataset['runId'] ?? '',
        // A sentence may be shown in pieces, so that its marks never stand alone on a line.
        sentences: [...(card?.querySelectorAll('[data-sentence]') ?? [])].map((sentence) =>
          [...sentence.querySelectorAll('.sentence-text')].map((part) => part.textContent).join(''),
        ),
        newestRunId: record.started.at(-1) ?? '',
      });
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeFilter: ['data-run-id'],
    });
    (window as unknown as { runRecord: RunRecord }).runRecord = record;
  }, conversationId);
  return () => page.evaluate(() => (window as unknown as { runRecord: RunRecord }).runRecord);
}
