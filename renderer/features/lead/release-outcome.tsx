import { CircleAlert, CircleCheck } from 'lucide-react';

import { assertNever } from '../../../shared/lib/assert-never.js';
import { strings } from '../../app/strings.js';
import { Callout } from '../../ui/callout.js';
import { useReleases } from './lead-stores.js';
import { Problem } from './loaded-view.js';

/** What the last change of releases or rollout came to; heard as well as seen. */
export function ReleaseOutcomeNote() {
  const outcome = useReleases((state) => state.outcome);
  switch (outcome.kind) {
    case 'none':
      return null;
    case 'failed':
      return <Problem error={outcome.error} />;
    case 'restored':
      return <Done title={strings.lead.releases.restored(outcome.number, outcome.restores)} />;
    case 'changed':
      return <Done title={strings.lead.rollout.changed} />;
    case 'overtaken':
      return (
        <div role="alert">
          <Callout tone="warn" icon={<CircleAlert aria-hidden />} title={strings.lead.rollout.overtaken}>
            {null}
          </Callout>
        </div>
      );
    default:
      return assertNever(outcome, 'outcome');
  }
}

function Done({ title }: { readonly title: string }) {
  return (
    <div role="status">
      <Callout tone="accent" icon={<CircleCheck aria-hidden />} title={title}>
        {null}
      </Callout>
    </div>
  );
}
