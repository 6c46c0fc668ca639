import { Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';

import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { useTeam } from './team-store.js';

const text = strings.team.leave;

/** Says what is lost and asks again; the safe answer has the focus. */
export function LeaveQuestion({ title, confirm }: { readonly title: string; readonly confirm: string }) {
  const leave = useTeam((state) => state.leave);
  const askToLeave = useTeam((state) => state.askToLeave);
  const isLeaving = useTeam((state) => state.busy === 'leaving');
  const problem = useTeam((state) => state.problem);
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => stay.current?.focus(), []);
  return (
    <div className="team-leave" role="group" aria-label={title}>
      <Callout tone="warn" icon={<Trash2 aria-hidden />} title={title}>
        <p>{text.what}</p>
        {problem !== null && typeof problem === 'object' && (
          <p role="alert">
            {problem.message} {problem.next}
          </p>
        )}
      </Callout>
      <div className="team-foot">
        <Button ref={stay} onClick={() => askToLeave(false)}>
          {text.stay}
        </Button>
        <Button variant="danger" aria-disabled={isLeaving} onClick={() => void leave()}>
          {isLeaving ? text.going : confirm}
        </Button>
      </div>
    </div>
  );
}
