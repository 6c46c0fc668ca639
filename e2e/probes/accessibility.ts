import type { Page } from '@playwright/test';
import axe from 'axe-core';

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly help: string;
    readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
  }[];
}

/** What axe finds serious or critical on the screen as it is now, one line each with the elements. */
export async function seriousIssues(page: Page): Promise<string[]> {
  // Evaluated by the debugger, not as a script of the page, so the content security policy stays as it is.
  await page.evaluate(axe.source);
  // A dialog that is still fading in has the contrast of nothing the rep ever reads.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
        .map(({ finished }) => finished),
    ).then(() => undefined),
  );
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run: () => Promise<AxeResult> } }).axe.run(),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => {
      const where = nodes.map((node) => `${node.target.join(' ')} (${node.failureSummary ?? ''})`).join('; ');
      return `${id}: ${help}: ${where}`;
    });
}
