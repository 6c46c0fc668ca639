import type { QueryOf } from '../../shared/contracts/hub/define-endpoint.js';
import type { feedbackEndpoints } from '../../shared/contracts/hub/feedback.js';
import type { ReceivedFeedback } from '../../shared/domain/feedback-event.js';
import { csvPage } from './export-csv.js';
import { preferencePage, supervisedPage } from './export-pairs.js';
import type { StoredFeedback } from './feedback-rows.js';

type ExportFormat = QueryOf<(typeof feedbackEndpoints)['feedback.export']>['format'];

const WRITERS: Readonly<
  Record<ExportFormat, (page: readonly ReceivedFeedback[], redact: boolean, isFirst: boolean) => string>
> = { csv: csvPage, supervised: supervisedPage, preference: preferencePage };

/** Feedback as text, a page at a time: only one is in memory. `pageAfter` gives what follows, nothing at the end. */
export async function* exportText(
  format: ExportFormat,
  redact: boolean,
  pageAfter: (last: StoredFeedback | undefined) => Promise<readonly StoredFeedback[]>,
): AsyncGenerator<string> {
  let last: StoredFeedback | undefined;
  for (;;) {
    const page = await pageAfter(last);
    const text = WRITERS[format](
      page.map(({ received }) => received),
      redact,
      last === undefined,
    );
    if (text !== '') yield text;
    last = page.at(-1);
    if (!last) return;
  }
}
