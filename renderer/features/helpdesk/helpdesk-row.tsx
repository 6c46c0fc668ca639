import { Pencil, Trash2 } from 'lucide-react';

import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Question } from '../../ui/question.js';
import type { ConnectedHelpdesk } from './helpdesk-fields.js';
import { restOf, stateOf } from './helpdesk-state.js';
import { useHelpdesk } from './helpdesk-store.js';

const text = strings.helpdesk;

/** One connected helpdesk: what it is, how it is reached, why not and when it is tried again. */
export function HelpdeskRow({ helpdesk, now }: { readonly helpdesk: ConnectedHelpdesk; readonly now: Date }) {
  const { connection, token, state } = helpdesk;
  const change = useHelpdesk((store) => store.change);
  const askToRemove = useHelpdesk((store) => store.askToRemove);
  const isAsking = useHelpdesk((store) => store.toRemove === connection.id);
  const shown = stateOf(helpdesk);
  return (
    <li className="helpdesk-row" data-connection={connection.id} data-state={shown}>
      <div className="helpdesk-row-head">
        <strong dir="auto">{connection.name}</strong>
        <span className="helpdesk-hint">
          {text.kinds[connection.kind].label} · {connection.baseUrl}
        </span>
      </div>
      <p className="helpdesk-state">
        {text.state[shown]}
        {state && state.detail !== '' && `. ${state.detail}`}
      </p>
      {shown === 'offline' && (
        <p className="helpdesk-hint">
          {((rest) => (rest === null ? text.retrying : text.retryIn(rest)))(restOf(helpdesk, now))}
        </p>
      )}
      {shown === 'refused' && (
        <p className="helpdesk-hint">{token === 'none' ? text.noToken : text.refusedNext}</p>
      )}
      {isAsking ? (
        <RemoveQuestion name={connection.name} />
      ) : (
        <div className="helpdesk-foot">
          <Button
            icon={<Pencil aria-hidden />}
            aria-label={text.change(connection.name)}
            onClick={() => change(connection.id)}
          >
            {text.changeShort}
          </Button>
          <Button
            icon={<Trash2 aria-hidden />}
            aria-label={text.remove(connection.name)}
            onClick={() => askToRemove(connection.id)}
          >
            {text.removeShort}
          </Button>
        </div>
      )}
    </li>
  );
}

function RemoveQuestion({ name }: { readonly name: string }) {
  const isLast = useHelpdesk(({ view }) => view?.helpdesks.length === 1);
  const isBusy = useHelpdesk(({ busy }) => busy === 'removing');
  const remove = useHelpdesk((store) => store.remove);
  const askToRemove = useHelpdesk((store) => store.askToRemove);
  return (
    <Question
      title={text.question.title(name)}
      icon={<Trash2 aria-hidden />}
      yes={text.question.yes}
      no={text.question.no}
      isDanger
      isBusy={isBusy}
      onYes={() => void remove()}
      onNo={() => askToRemove(null)}
    >
      <p>{text.question.what}</p>
      {isLast && <p>{text.question.last}</p>}
    </Question>
  );
}
