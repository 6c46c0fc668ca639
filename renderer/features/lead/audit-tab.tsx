import { CircleAlert, CircleCheck, ScrollText } from 'lucide-react';
import { useEffect } from 'react';

import type { AuditEntry } from '../../../shared/domain/audit-entry.js';
import type { Rollout } from '../../../shared/domain/rollout.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Time } from '../../ui/time.js';
import { rolloutWords } from './rollout-words.js';
import { personOf } from './item-names.js';
import { usePeople } from './lead-stores.js';
import { LoadedView, Problem } from './loaded-view.js';

const text = strings.lead.audit;

/** Who did what at the hub, newest first. */
export function AuditTab({ isOperator }: { readonly isOperator: boolean }) {
  const audit = usePeople((state) => state.audit);
  const load = usePeople((state) => state.loadAudit);
  const hasMore = usePeople((state) => state.hasMoreAudit);
  const loadMore = usePeople((state) => state.loadMoreAudit);
  const verify = usePeople((state) => state.verify);
  const verified = usePeople((state) => state.verified);
  const problem = usePeople((state) => state.problem);
  useEffect(() => void load(), [load]);
  return (
    <div className="lead-page" data-wide>
      {isOperator && (
        <div className="lead-foot" data-start>
          <Button onClick={() => void verify()}>{text.verify}</Button>
        </div>
      )}
      {problem && <Problem error={problem} />}
      {verified && (
        <div role="status">
          <Callout
            tone={verified.isWhole ? 'accent' : 'bad'}
            icon={verified.isWhole ? <CircleCheck aria-hidden /> : <CircleAlert aria-hidden />}
            title={verified.isWhole ? text.whole(verified.entries) : text.broken(verified.firstWrong ?? 0)}
          >
            {null}
          </Callout>
        </div>
      )}
      <LoadedView of={audit} onRetry={() => void load()}>
        {(entries) =>
          entries.length === 0 ? (
            <EmptyState icon={<ScrollText aria-hidden />} title={text.emptyTitle}>
              <p>{text.emptyNext}</p>
            </EmptyState>
          ) : (
            <Entries entries={entries} />
          )
        }
      </LoadedView>
      {hasMore && (
        <div>
          <Button onClick={() => void loadMore()}>{strings.lead.more}</Button>
        </div>
      )}
    </div>
  );
}

function Entries({ entries }: { readonly entries: readonly AuditEntry[] }) {
  return (
    <table className="lead-table" aria-label={text.title}>
      <thead>
        <tr>
          <th scope="col">{text.when}</th>
          <th scope="col">{text.who}</th>
          <th scope="col">{text.what}</th>
          <th scope="col">{text.detail}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ sequence, at, actor, action, detail }) => (
          <tr key={sequence}>
            <td data-label={text.when}>
              <Time iso={at} />
            </td>
            <td data-label={text.who}>{personOf(actor)}</td>
            <td data-label={text.what}>{text.action[action] ?? action}</td>
            <td data-label={text.detail} className="lead-key">
              {detailText(detail)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What an entry is about, in few words: `article/returns · revision 3`. */
function detailText(detail: AuditEntry['detail']): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${text.named[name] ?? name} ${valueText(value)}`.trim())
    .join(' · ');
}

function valueText(value: unknown): string {
  if (typeof value === 'boolean') return value ? text.yes : text.no;
  if (typeof value === 'string') return value;
  const rollout = rolloutText(value);
  return rollout ?? JSON.stringify(value);
}

/** The log keeps values as they were: a rollout is told by its kind. */
function rolloutText(value: unknown): string | null {
  if (value === null || typeof value !== 'object' || !('kind' in value)) return null;
  return rolloutWords(value as Rollout);
}
