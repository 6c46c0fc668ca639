import { ShieldAlert, ShieldCheck, ShieldOff } from 'lucide-react';

import { strings } from '../../app/strings.js';
import './ledger.css';
import { useLedger } from './ledger-store.js';

const text = strings.ledger.status;

/** One quiet line about what left today. Leads to the ledger. */
export function LedgerStatusItem({ onOpen }: { readonly onOpen: () => void }) {
  const today = useLedger((state) => state.today);
  const isBlocked = useLedger(({ view }) => view?.settings.mode === 'block');
  if (!today) return null;
  const { requests, replaced, kept } = today;
  const hasSent = requests > 0;
  const icon = isBlocked ? (
    <ShieldOff aria-hidden />
  ) : kept > 0 ? (
    <ShieldAlert aria-hidden />
  ) : (
    <ShieldCheck aria-hidden />
  );
  const shown = isBlocked && !hasSent ? text.blocked : hasSent ? text.today(requests, kept) : text.nothing;
  return (
    <button
      type="button"
      className="status-item ledger-status"
      data-state={isBlocked ? 'blocked' : kept > 0 ? 'private' : hasSent ? 'sent' : 'nothing'}
      aria-haspopup="dialog"
      aria-label={hasSent ? text.label(shown, replaced, kept) : text.labelNothing(shown)}
      onClick={onOpen}
    >
      {icon}
      {shown}
    </button>
  );
}
