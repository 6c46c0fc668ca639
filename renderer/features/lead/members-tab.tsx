import { useEffect } from 'react';

import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/section.js';
import { longDate } from '../../ui/time.js';
import { InviteForm } from './invite-form.js';
import { usePeople } from './lead-stores.js';
import { LoadedView, Problem } from './loaded-view.js';
import { MemberRow } from './member-row.js';
import type { PeopleNow } from './people-store.js';

const text = strings.lead.members;

interface MembersTabProps {
  readonly isOperator: boolean;
  readonly onCopy: (text: string, confirmation: string) => void;
}

/** Who is in the team, who is invited, and what new members compare. */
export function MembersTab({ isOperator, onCopy }: MembersTabProps) {
  const people = usePeople((state) => state.people);
  const load = usePeople((state) => state.load);
  const problem = usePeople((state) => state.problem);
  useEffect(() => void load(), [load]);
  return (
    <div className="lead-page">
      {problem && <Problem error={problem} />}
      <Section title={text.inviteTitle}>
        <InviteForm isOperator={isOperator} onCopy={onCopy} />
      </Section>
      <LoadedView of={people} onRetry={() => void load()}>
        {(now) => <People now={now} isOperator={isOperator} />}
      </LoadedView>
    </div>
  );
}

function People({ now, isOperator }: { readonly now: PeopleNow; readonly isOperator: boolean }) {
  const cancel = usePeople((state) => state.cancelInvite);
  return (
    <>
      {now.invites.length > 0 && (
        <Section title={text.invites}>
          <ul aria-label={text.invites} className="lead-members">
            {now.invites.map(({ id, name, role, expiresAt }) => (
              <li key={id} className="lead-member">
                <strong>{name}</strong>
                <span className="lead-hint">
                  {text.role[role]}, {text.until(longDate(expiresAt))}
                </span>
                <span className="lead-gap" />
                {(isOperator || role === 'rep') && (
                  <Button
                    variant="quiet"
                    aria-label={text.cancelInvite(name)}
                    onClick={() => void cancel(id)}
                  >
                    {text.cancel}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={text.list}>
        {!isOperator && <p className="lead-hint">{text.operatorsOnly}</p>}
        <ul aria-label={text.list} className="lead-members">
          {now.members.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              isSelf={member.id === now.ownId}
              isOperator={isOperator}
            />
          ))}
        </ul>
        {now.members.length <= 1 && <p className="lead-hint">{text.empty}</p>}
      </Section>
      <Section title={text.words}>
        <p className="lead-hint">{text.wordsWhy}</p>
        <ol aria-label={text.words} className="lead-words">
          {now.words.map((word, at) => (
            <li key={at}>{word}</li>
          ))}
        </ol>
      </Section>
    </>
  );
}
