import { useEffect } from 'react';

import { strings } from '../../app/strings.js';
import { Dialog } from '../../ui/dialog.js';
import { Tabs } from '../../ui/tabs.js';
import './ledger.css';
import { useLedger, type LedgerTab } from './ledger-store.js';
import { RequestsTab } from './requests-tab.js';
import { PrivacyTab } from './privacy-tab.js';

const text = strings.ledger;
const TABS: readonly LedgerTab[] = ['requests', 'settings'];

interface LedgerPanelProps {
  readonly onCopy: (text: string, confirmation: string) => void;
  readonly onSay: (text: string) => void;
  readonly onClose: () => void;
}

/** What left this computer, byte for byte, and what may leave it. */
export function LedgerPanel({ onCopy, onSay, onClose }: LedgerPanelProps) {
  const tab = useLedger((state) => state.tab);
  const show = useLedger((state) => state.show);
  const load = useLedger((state) => state.load);
  useEffect(() => void load(), [load]);
  return (
    <Dialog title={text.title} closeLabel={strings.app.close} shape="full" onClose={onClose}>
      <Tabs
        label={text.tabs}
        value={tab}
        tabs={TABS.map((value) => ({ value, label: text.tab[value] }))}
        onChange={show}
      >
        <div className="ledger">
          {tab === 'requests' ? <RequestsTab onCopy={onCopy} onSay={onSay} /> : <PrivacyTab />}
        </div>
      </Tabs>
    </Dialog>
  );
}
