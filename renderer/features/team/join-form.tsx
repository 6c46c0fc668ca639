import { CircleAlert, LoaderCircle, LogIn, TriangleAlert } from 'lucide-react';
import type { RefObject } from 'react';

import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { useTeam } from './team-store.js';

const text = strings.team.join;

/** Takes the invite, as one text or as two, or leads to the company's sign-in where the hub offers it. */
export function JoinForm({ first }: { readonly first?: RefObject<HTMLElement | null> }) {
  const address = useTeam((state) => state.address);
  const code = useTeam((state) => state.code);
  const edit = useTeam((state) => state.edit);
  const lookUp = useTeam((state) => state.lookUp);
  const join = useTeam((state) => state.join);
  const isJoining = useTeam((state) => state.busy === 'joining');
  const isAtCompany = useTeam((state) => state.busy === 'at_company');
  const hasCode = address.includes('#');
  const common = { type: 'text', autoComplete: 'off', spellCheck: false } as const;
  return (
    <form
      className="team-join"
      aria-label={text.title}
      aria-busy={isJoining || isAtCompany}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void join();
      }}
    >
      <h3>{text.title}</h3>
      <p className="team-hint">{text.why}</p>
      <label className="team-field">
        <span>{text.address}</span>
        <input
          {...common}
          ref={first as RefObject<HTMLInputElement | null> | undefined}
          value={address}
          placeholder={text.addressExample}
          maxLength={2000}
          onChange={(event) => edit({ address: event.target.value })}
          onBlur={() => void lookUp()}
        />
      </label>
      <label className="team-field">
        <span>{text.code}</span>
        <input
          {...common}
          value={code}
          placeholder={hasCode ? text.codeIsInAddress : undefined}
          maxLength={200}
          onChange={(event) => edit({ code: event.target.value })}
        />
      </label>
      <JoinProblem />
      {isAtCompany ? <AtCompany /> : <JoinButtons isJoining={isJoining} />}
    </form>
  );
}

function JoinButtons({ isJoining }: { readonly isJoining: boolean }) {
  const host = useTeam((state) => state.companyHost);
  const joinAtCompany = useTeam((state) => state.joinAtCompany);
  return (
    <div className="team-foot">
      {host !== null && (
        <Button icon={<LogIn aria-hidden />} onClick={() => void joinAtCompany()}>
          {text.company(host)}
        </Button>
      )}
      {/* Not disabled while busy: the focus would be lost. A second press does nothing. */}
      <Button type="submit" variant="primary" aria-disabled={isJoining}>
        {isJoining ? text.going : text.go}
      </Button>
    </div>
  );
}

/** The person is in the browser. */
function AtCompany() {
  const cancel = useTeam((state) => state.cancel);
  return (
    <div className="team-foot" role="status">
      <LoaderCircle aria-hidden className="spin" />
      <p className="team-hint">{text.companyWaits}</p>
      <Button onClick={() => void cancel()}>{text.cancel}</Button>
    </div>
  );
}

/** Stays in the page, so that what comes into it is read out. */
function JoinProblem() {
  const problem = useTeam((state) => state.problem);
  return (
    <div className="team-problem" role="alert">
      {problem === 'words_differ' && (
        <Callout tone="bad" icon={<TriangleAlert aria-hidden />} title={text.mismatchTitle}>
          <p>{text.mismatchNext}</p>
        </Callout>
      )}
      {problem === 'nothing_given' && (
        <Callout tone="warn" icon={<CircleAlert aria-hidden />} title={text.nothingGiven} />
      )}
      {problem !== null && typeof problem === 'object' && (
        <Callout tone="bad" icon={<CircleAlert aria-hidden />} title={problem.message}>
          {problem.detail !== undefined && <p>{strings.team.reason(problem.detail)}</p>}
          <p>{problem.next}</p>
        </Callout>
      )}
    </div>
  );
}
