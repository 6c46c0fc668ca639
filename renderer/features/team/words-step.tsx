import { Check, Trash2, X } from 'lucide-react';
import type { RefObject } from 'react';

import type { TeamStatus } from '../../../shared/domain/team-status.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { useTeam } from './team-store.js';

const text = strings.team.words;

interface WordsStepProps {
  readonly status: Extract<TeamStatus, { readonly kind: 'to_confirm' }>;
  readonly first: RefObject<HTMLElement | null>;
}

/** The team's key in words: a choice of equal weight, since who only presses Enter proves nothing. */
export function WordsStep({ status, first }: WordsStepProps) {
  const confirm = useTeam((state) => state.confirm);
  const refuse = useTeam((state) => state.refuse);
  const isBusy = useTeam((state) => state.busy !== 'no');
  const { teamName, hubUrl, memberName, role, words, replaces } = status;
  return (
    <section className="team-step" aria-label={text.title}>
      <h3 ref={first as RefObject<HTMLHeadingElement | null>} tabIndex={-1}>
        {text.title}
      </h3>
      <p className="team-hint">{text.why(teamName)}</p>
      <ol className="team-words" aria-label={text.list}>
        {words.map((word, at) => (
          <li key={`${at} ${word}`}>{word}</li>
        ))}
      </ol>
      <p className="team-hint">
        {strings.team.joined.who(memberName, strings.team.role[role])} · {hubUrl}
      </p>
      {replaces !== null && (
        <Callout tone="warn" icon={<Trash2 aria-hidden />} title={text.replaces(replaces)} />
      )}
      <div className="team-foot team-choice">
        <Button icon={<X aria-hidden />} aria-disabled={isBusy} onClick={() => void refuse()}>
          {text.differ}
        </Button>
        <Button icon={<Check aria-hidden />} aria-disabled={isBusy} onClick={() => void confirm()}>
          {text.match}
        </Button>
      </div>
    </section>
  );
}
