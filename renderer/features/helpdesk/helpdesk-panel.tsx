import { useEffect, useRef } from 'react';

import { strings } from '../../app/strings.js';
import { Dialog } from '../../ui/dialog.js';
import { HelpdeskForm } from './helpdesk-form.js';
import { HelpdeskList } from './helpdesk-list.js';
import { HelpdeskOutcomeLine } from './helpdesk-outcome.js';
import './helpdesk.css';
import { useHelpdesk } from './helpdesk-store.js';

/** The helpdesks of this computer: how each is reached; connecting, changing, removing. */
export function HelpdeskPanel({ onClose }: { readonly onClose: () => void }) {
  const fields = useHelpdesk((state) => state.fields);
  const load = useHelpdesk((state) => state.load);
  const leave = useHelpdesk((state) => state.leave);
  useEffect(() => void load(), [load]);
  useEffect(() => leave, [leave]);
  /** What the keyboard goes on with at each step; the button that led there is gone. */
  const first = useRef<HTMLElement>(null);
  const step = fields === null ? 'list' : (fields.id ?? 'new');
  useEffect(() => first.current?.focus(), [step]);
  return (
    <Dialog
      title={strings.helpdesk.title}
      closeLabel={strings.app.close}
      shape="sheet"
      initialFocus={first}
      onClose={onClose}
    >
      <div className="helpdesk">
        {fields === null ? <HelpdeskList first={first} /> : <HelpdeskForm fields={fields} first={first} />}
        <HelpdeskOutcomeLine />
      </div>
    </Dialog>
  );
}
