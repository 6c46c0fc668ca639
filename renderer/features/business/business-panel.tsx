import { CircleAlert, CircleCheck } from 'lucide-react';
import { useEffect, useRef } from 'react';

import { strings } from '../../app/strings.js';
import { Callout } from '../../ui/callout.js';
import { Dialog } from '../../ui/dialog.js';
import { BusinessForm } from './business-form.js';
import { BusinessList } from './business-list.js';
import { useBusiness } from './business-store.js';
import './business.css';

const text = strings.business;

/** Where orders, payments and customers are looked up and changed: connecting, changing, removing. */
export function BusinessPanel({ onClose }: { readonly onClose: () => void }) {
  const fields = useBusiness((state) => state.fields);
  const load = useBusiness((state) => state.load);
  const leave = useBusiness((state) => state.leave);
  useEffect(() => void load(), [load]);
  useEffect(() => leave, [leave]);
  /** What the keyboard goes on with at each step; the button that led there is gone. */
  const first = useRef<HTMLElement>(null);
  const step = fields === null ? 'list' : (fields.id ?? 'new');
  useEffect(() => first.current?.focus(), [step]);
  return (
    <Dialog
      title={text.title}
      closeLabel={strings.app.close}
      shape="sheet"
      initialFocus={first}
      onClose={onClose}
    >
      <div className="business">
        {fields === null ? <BusinessList first={first} /> : <BusinessForm fields={fields} first={first} />}
        <Outcome />
      </div>
    </Dialog>
  );
}

function Outcome() {
  const outcome = useBusiness((state) => state.outcome);
  const bad = <CircleAlert aria-hidden />;
  const good = <CircleCheck aria-hidden />;
  /** It stands below a form that is longer than the window, and is what was waited for. */
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (outcome.kind !== 'none') place.current?.scrollIntoView({ block: 'nearest' });
  }, [outcome]);
  return (
    <div role="status" ref={place}>
      {outcome.kind === 'problem' && <Callout tone="bad" icon={bad} title={outcome.text} />}
      {outcome.kind === 'done' && <Callout tone="good" icon={good} title={outcome.text} />}
      {outcome.kind === 'works' && (
        <Callout tone="good" icon={good} title={text.works}>
          {outcome.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Callout>
      )}
      {outcome.kind === 'failed' && (
        <Callout tone="bad" icon={bad} title={outcome.error.message}>
          {outcome.error.detail !== undefined && <p>{outcome.error.detail}</p>}
          <p>{outcome.error.next}</p>
        </Callout>
      )}
    </div>
  );
}
