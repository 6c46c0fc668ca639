import { ArrowLeft, Download, ShieldCheck, X } from 'lucide-react';

import type { EgressKind } from '../../../shared/domain/egress-entry.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { SelectField } from '../../ui/field.js';
import { Skeleton } from '../../ui/skeleton.js';
import { useLedger } from './ledger-store.js';
import { Problem } from './ledger-problem.js';
import { sizeText } from '../../ui/size-text.js';
import { RequestDetail } from './request-detail.js';
import { RequestList } from './request-list.js';

const text = strings.ledger;

interface RequestsTabProps {
  readonly onCopy: (text: string, confirmation: string) => void;
  readonly onSay: (text: string) => void;
}

/** The requests, newest first, and the one that is chosen. */
export function RequestsTab({ onCopy, onSay }: RequestsTabProps) {
  const entries = useLedger((state) => state.entries);
  const view = useLedger((state) => state.view);
  const problem = useLedger((state) => state.problem);
  const chosen = useLedger((state) => state.chosen);
  const choose = useLedger((state) => state.choose);
  const isEmpty = view !== null && view.totals.entries === 0 && entries?.length === 0;
  if (isEmpty)
    return (
      <EmptyState icon={<ShieldCheck aria-hidden />} title={text.emptyTitle}>
        <p>{text.emptyNext}</p>
      </EmptyState>
    );
  return (
    <div className="ledger-split" data-has-detail={chosen.kind !== 'none'}>
      <section className="ledger-side" aria-label={text.list}>
        <Filters onSay={onSay} />
        {problem && <Problem error={problem} />}
        {entries === null ? (
          <div className="ledger-pad" role="group" aria-busy="true" aria-label={text.loading}>
            <Skeleton widths={[70, 50, 80, 60]} />
          </div>
        ) : entries.length === 0 ? (
          <p className="ledger-hint ledger-pad">{text.emptyFilter}</p>
        ) : (
          <RequestList entries={entries} />
        )}
      </section>
      <section className="ledger-detail" aria-label={text.detail}>
        <div className="ledger-back">
          <Button variant="quiet" icon={<ArrowLeft aria-hidden />} onClick={() => void choose(null)}>
            {text.back}
          </Button>
        </div>
        <RequestDetail chosen={chosen} onCopy={onCopy} onSay={onSay} />
      </section>
    </div>
  );
}

function Filters({ onSay }: { readonly onSay: (text: string) => void }) {
  const filter = useLedger((state) => state.filter);
  const view = useLedger((state) => state.view);
  const narrow = useLedger((state) => state.narrow);
  const exportAll = useLedger((state) => state.exportAll);
  const kinds = Object.keys(text.kind) as EgressKind[];
  return (
    <div className="ledger-filters">
      <div className="ledger-fields">
        <SelectField
          label={text.filterKind}
          value={filter.kind ?? 'all'}
          options={[
            { value: 'all' as const, label: text.all },
            ...kinds.map((value) => ({ value, label: text.kind[value] })),
          ]}
          onChange={(value) => void narrow({ kind: value === 'all' ? undefined : value })}
        />
        <SelectField
          label={text.filterHost}
          value={filter.host ?? ''}
          options={[
            { value: '', label: text.all },
            ...(view?.hosts ?? []).map((value) => ({ value, label: value })),
          ]}
          onChange={(value) => void narrow({ host: value === '' ? undefined : value })}
        />
      </div>
      {filter.conversationId !== undefined && (
        <Button
          variant="quiet"
          icon={<X aria-hidden />}
          aria-label={text.clear}
          onClick={() => void narrow({ conversationId: undefined })}
        >
          {text.oneConversation(filter.conversationId)}
        </Button>
      )}
      <div className="ledger-line">
        <span className="ledger-hint">
          {view && text.kept(view.totals.entries, sizeText(view.totals.bytes))}
        </span>
        <Button
          variant="quiet"
          icon={<Download aria-hidden />}
          onClick={() =>
            void exportAll().then((done) => done && onSay(text.exported(done.entries, done.path)))
          }
        >
          {text.export}
        </Button>
      </div>
    </div>
  );
}
