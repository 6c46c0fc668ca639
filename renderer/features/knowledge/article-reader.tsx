import { CircleAlert } from 'lucide-react';

import { assertNever } from '../../../shared/lib/assert-never.js';
import { strings } from '../../app/strings.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Skeleton } from '../../ui/skeleton.js';
import type { SelectionHandlers } from './article-selection.js';
import { ArticleView } from './article-view.js';
import type { Reader } from './knowledge-store.js';
import { OldPassage } from './old-passage.js';

interface ArticleReaderProps {
  readonly reader: Exclude<Reader, { kind: 'closed' }>;
  readonly selection: SelectionHandlers;
}

/** The article the rep asked for, while it comes, when it is there, or why it is not. */
export function ArticleReader({ reader, selection }: ArticleReaderProps) {
  switch (reader.kind) {
    case 'loading':
      return (
        <div className="article" role="group" aria-busy="true" aria-label={strings.knowledge.loading}>
          <Skeleton widths={[90, 95, 60, 85, 92, 40]} />
        </div>
      );
    case 'failed':
      return (
        <>
          {reader.place.found && <OldPassage found={reader.place.found} why="gone" />}
          <EmptyState icon={<CircleAlert aria-hidden />} title={reader.error.message}>
            <p>{reader.error.next}</p>
          </EmptyState>
        </>
      );
    case 'open':
      return (
        <ArticleView article={reader.article} place={reader.place} old={reader.old} selection={selection} />
      );
    default:
      return assertNever(reader, 'reader');
  }
}
