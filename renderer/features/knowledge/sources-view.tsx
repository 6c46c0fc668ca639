import { CircleAlert, FileUp, FolderInput, FolderPlus, RefreshCw } from 'lucide-react';
import { useEffect } from 'react';

import type { KnowledgeSource } from '../../../shared/domain/knowledge-source.js';
import { assertNever } from '../../../shared/lib/assert-never.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ScrollArea } from '../../ui/scroll-area.js';
import { Skeleton } from '../../ui/skeleton.js';
import { ImportDock } from './import-dock.js';
import { ImportReportView } from './import-report-view.js';
import { NewSourceForm } from './new-source-form.js';
import { SourceItem } from './source-item.js';
import './sources.css';
import { useSources } from './sources-store.js';

const text = strings.sources;

/** Where the knowledge comes from: what is read, what is watched, what an import does and what it could not read. */
export function SourcesView() {
  const list = useSources((state) => state.list);
  const load = useSources((state) => state.load);
  useEffect(() => void load(), [load]);
  switch (list.kind) {
    case 'unread':
      return (
        <div className="library-pad" role="group" aria-busy="true" aria-label={text.loading}>
          <Skeleton widths={[40, 80, 60, 70]} />
        </div>
      );
    case 'failed':
      return (
        <EmptyState icon={<CircleAlert aria-hidden />} title={list.error.message}>
          <p>{list.error.next}</p>
        </EmptyState>
      );
    case 'ready':
      return <Ready sources={list.sources} />;
    default:
      return assertNever(list, 'sources');
  }
}

function Ready({ sources }: { readonly sources: readonly KnowledgeSource[] }) {
  const choose = useSources((state) => state.choose);
  const sync = useSources((state) => state.sync);
  const report = useSources((state) => state.report);
  return (
    <>
      <ScrollArea className="sources" role="group" aria-label={text.title}>
        <div className="sources-bar">
          <Button icon={<FolderPlus aria-hidden />} onClick={() => void choose('folder')}>
            {text.addFolder}
          </Button>
          <Button icon={<FileUp aria-hidden />} onClick={() => void choose('files')}>
            {text.addFiles}
          </Button>
          {sources.length > 0 && (
            <Button variant="quiet" icon={<RefreshCw aria-hidden />} onClick={() => void sync(null)}>
              {text.syncAll}
            </Button>
          )}
        </div>
        <NewSourceForm />
        {sources.length === 0 ? (
          <EmptyState icon={<FolderInput aria-hidden />} title={text.emptyTitle}>
            <p>{text.emptyNext}</p>
          </EmptyState>
        ) : (
          <ul className="source-list" aria-label={text.title}>
            {sources.map((source) => (
              <SourceItem key={source.id} source={source} />
            ))}
          </ul>
        )}
        {report && <ImportReportView report={report} />}
        <Formats isOpen={sources.length === 0} />
      </ScrollArea>
      <ImportDock />
    </>
  );
}

function Formats({ isOpen }: { readonly isOpen: boolean }) {
  return (
    <details className="formats" open={isOpen}>
      <summary>{text.formatsTitle}</summary>
      <dl>
        {text.formats.map(([format, what]) => (
          <div key={format}>
            <dt>{format}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p>{text.formatsFrontMatter}</p>
    </details>
  );
}
