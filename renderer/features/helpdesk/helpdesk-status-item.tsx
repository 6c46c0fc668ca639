import { CloudOff, Headset, KeyRound } from 'lucide-react';

import { strings } from '../../app/strings.js';
import { statusLine } from './helpdesk-state.js';
import './helpdesk-status.css';
import { useHelpdesk } from './helpdesk-store.js';
import { useNow } from './use-now.js';

const icons = { live: Headset, polling: Headset, unknown: Headset, offline: CloudOff, refused: KeyRound };

/** One quiet line about the connected helpdesks; nothing without any. Leads to the panel. */
export function HelpdeskStatusItem({ onOpen }: { readonly onOpen: () => void }) {
  const view = useHelpdesk((state) => state.view);
  const helpdesks = view?.helpdesks ?? [];
  const now = useNow(helpdesks.some(({ state }) => state?.state === 'offline'));
  const line = statusLine(helpdesks, now);
  if (!line) return null;
  const Icon = icons[line.state];
  return (
    <button
      type="button"
      className="status-item helpdesk-status"
      data-state={line.state}
      aria-haspopup="dialog"
      aria-label={strings.helpdesk.status.label(line.text)}
      onClick={onOpen}
    >
      <Icon aria-hidden />
      <span className="helpdesk-status-text">{line.text}</span>
    </button>
  );
}
