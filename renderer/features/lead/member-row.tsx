import { UserX } from 'lucide-react';
import { useState } from 'react';

import type { Member, Role } from '../../../shared/domain/member.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
import { CheckField } from '../../ui/field.js';
import { Question } from '../../ui/question.js';
import { Time } from '../../ui/time.js';
import { usePeople } from './lead-stores.js';

const text = strings.lead.members;
const ROLES = ['rep', 'lead', 'operator'] as const satisfies readonly Role[];

interface MemberRowProps {
  readonly member: Member;
  readonly isSelf: boolean;
  readonly isOperator: boolean;
}

/** One member; an operator may give another role and end the access. */
export function MemberRow({ member, isSelf, isOperator }: MemberRowProps) {
  const [isAsking, setIsAsking] = useState(false);
  const changeRole = usePeople((state) => state.changeRole);
  const { id, name, email, role, state, lastSeenAt } = member;
  const mayChange = isOperator && !isSelf && state === 'active';
  return (
    <li className="lead-member" data-state={state}>
      <strong>{name}</strong>
      {isSelf && <Chip tone="accent">{text.you}</Chip>}
      {state !== 'active' && <Chip tone="bad">{text.state[state]}</Chip>}
      <span className="lead-hint">
        {email !== null && `${email} · `}
        {lastSeenAt === null ? (
          text.neverSeen
        ) : (
          <>
            {text.seen} <Time iso={lastSeenAt} />
          </>
        )}
      </span>
      <span className="lead-gap" />
      {mayChange ? (
        <select
          aria-label={text.roleOf(name)}
          className="lead-select"
          value={role}
          onChange={(event) => void changeRole(id, event.target.value as Role)}
        >
          {ROLES.map((value) => (
            <option key={value} value={value}>
              {text.role[value]}
            </option>
          ))}
        </select>
      ) : (
        <span>{text.role[role]}</span>
      )}
      {mayChange && !isAsking && (
        <Button variant="quiet" aria-label={text.endOf(name)} onClick={() => setIsAsking(true)}>
          {text.end}
        </Button>
      )}
      {isAsking && <EndQuestion member={member} onDone={() => setIsAsking(false)} />}
    </li>
  );
}

function EndQuestion({
  member: { id, name },
  onDone,
}: {
  readonly member: Member;
  readonly onDone: () => void;
}) {
  const [wipe, setWipe] = useState(false);
  const revoke = usePeople((state) => state.revoke);
  const isBusy = usePeople((state) => state.busy);
  return (
    <div className="lead-member-question">
      <Question
        title={text.endTitle(name)}
        icon={<UserX aria-hidden />}
        yes={wipe ? text.wipeYes : text.endYes}
        no={text.endNo}
        isDanger
        isBusy={isBusy}
        onNo={onDone}
        onYes={() => void revoke(id, wipe).then(onDone)}
      >
        <p>{wipe ? text.wipeWhat : text.endWhat}</p>
        <CheckField label={text.wipe} value={wipe} onChange={setWipe} />
      </Question>
    </div>
  );
}
