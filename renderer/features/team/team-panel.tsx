import { useEffect, useRef } from 'react';

import { strings } from '../../app/strings.js';
import { Dialog } from '../../ui/dialog.js';
import { EndedView } from './ended-view.js';
import { JoinForm } from './join-form.js';
import { JoinedView } from './joined-view.js';
import './team.css';
import { useTeam } from './team-store.js';
import { WordsStep } from './words-step.js';

/** The team of this computer: joining it, how it stands, leaving it. */
export function TeamPanel({ onClose }: { readonly onClose: () => void }) {
  const status = useTeam((state) => state.status);
  const kind = status?.kind ?? 'not_joined';
  /** What the keyboard goes on with at each step; the button that led there is gone. */
  const first = useRef<HTMLElement>(null);
  useEffect(() => first.current?.focus(), [kind]);
  return (
    <Dialog title={strings.team.title} closeLabel={strings.app.close} initialFocus={first} onClose={onClose}>
      <div className="team" data-kind={kind}>
        {status?.kind === 'to_confirm' && <WordsStep status={status} first={first} />}
        {status?.kind === 'joined' && <JoinedView status={status} first={first} />}
        {status?.kind === 'ended' && <EndedView status={status} first={first} />}
        {kind === 'not_joined' && <JoinForm first={first} />}
        {kind === 'ended' && <JoinForm />}
      </div>
    </Dialog>
  );
}
