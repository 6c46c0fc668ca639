import type { RunningDevice } from '../../../shared/contracts/hub/rollout.js';
import { strings } from '../../app/strings.js';
import { Time } from '../../ui/time.js';
import { usePeople } from './lead-stores.js';
import { valueOf } from './loaded.js';

const text = strings.lead.rollout;

/** What members' computers said they run when they last asked. */
export function RunningTable({ running }: { readonly running: readonly RunningDevice[] }) {
  const people = usePeople((state) => valueOf(state.people));
  if (running.length === 0) return <p className="lead-hint">{text.runningEmpty}</p>;
  const names = new Map(people?.members.map(({ id, name }) => [id, name]));
  return (
    <table className="lead-table">
      <thead>
        <tr>
          <th scope="col">{text.member}</th>
          <th scope="col">{text.releaseColumn}</th>
          <th scope="col">{text.seen}</th>
          <th scope="col">{text.version}</th>
        </tr>
      </thead>
      <tbody>
        {running.map(({ memberId, release, seenAt, appVersion }) => (
          <tr key={memberId}>
            <td data-label={text.member}>{names.get(memberId) ?? (people ? text.gone : '…')}</td>
            <td data-label={text.releaseColumn}>{release ?? text.nothingYet}</td>
            <td data-label={text.seen}>
              <Time iso={seenAt} />
            </td>
            <td data-label={text.version}>{appVersion}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
