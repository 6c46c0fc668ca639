import { Headset, Plus } from 'lucide-react';
import type { RefObject } from 'react';

import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { HelpdeskRow } from './helpdesk-row.js';
import { useHelpdesk } from './helpdesk-store.js';
import { useNow } from './use-now.js';

const text = strings.helpdesk;

/** The connected helpdesks, or what connecting one brings. */
export function HelpdeskList({ first }: { readonly first: RefObject<HTMLElement | null> }) {
  const view = useHelpdesk((state) => state.view);
  const add = useHelpdesk((state) => state.add);
  const helpdesks = view?.helpdesks ?? [];
  const now = useNow(helpdesks.some(({ state }) => state?.state === 'offline'));
  return (
    <>
      {view && helpdesks.length === 0 && (
        <EmptyState icon={<Headset aria-hidden />} title={text.emptyTitle}>
          <p>{text.emptyNext}</p>
        </EmptyState>
      )}
      {helpdesks.length > 0 && (
        <ul className="helpdesk-list" aria-label={text.list}>
          {helpdesks.map((helpdesk) => (
            <HelpdeskRow key={helpdesk.connection.id} helpdesk={helpdesk} now={now} />
          ))}
        </ul>
      )}
      <div className="helpdesk-foot">
        <Button
          ref={first as RefObject<HTMLButtonElement | null>}
          variant={helpdesks.length === 0 ? 'primary' : 'plain'}
          icon={<Plus aria-hidden />}
          onClick={add}
        >
          {text.add}
        </Button>
      </div>
    </>
  );
}
