import { CircleAlert, CircleCheck } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';

import { assertNever } from '../../../shared/lib/assert-never.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { Segmented } from '../../ui/segmented.js';
import { duration } from '../../ui/time.js';
import { ChatModelLimits } from './chat-model-limits.js';
import { ChatModelService } from './chat-model-service.js';
import { useChatModel, type ChatOutcome } from './chat-model-store.js';
import { ModelUsageLine } from './model-usage-line.js';
import { hostOf } from './search-model-fields.js';
import './search-model.css';
import './chat-model.css';

const text = strings.chatModel;

/** Which chat models write and read: off, the team's, or the rep's own; tested with one word before they are used. */
export function ChatModelForm() {
  const load = useChatModel((state) => state.load);
  const view = useChatModel((state) => state.view);
  const use = useChatModel((state) => state.fields.use);
  const chooseUse = useChatModel((state) => state.chooseUse);
  const isBusy = useChatModel((state) => state.busy !== 'no');
  const test = useChatModel((state) => state.test);
  useEffect(() => void load(), [load]);
  const uses = view?.hasTeamModels === true ? (['off', 'team', 'own'] as const) : (['off', 'own'] as const);
  return (
    <form
      className="search-model"
      aria-label={text.title}
      aria-busy={isBusy}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (use === 'own') void test();
      }}
    >
      <Segmented
        label={text.title}
        value={use}
        options={uses.map((value) => ({ value, label: text.use[value] }))}
        onChange={(value) => void chooseUse(value)}
      />
      {view?.problem && (
        <Callout tone="bad" icon={<CircleAlert aria-hidden />} title={view.problem.message}>
          {view.problem.detail !== undefined && <p>{view.problem.detail}</p>}
          <p>{view.problem.next}</p>
        </Callout>
      )}
      {use === 'off' && <p className="search-model-hint">{text.offHint}</p>}
      {use === 'team' && <TeamModels />}
      {use === 'own' && (
        <>
          <ChatModelService />
          <ChatModelLimits />
          <Foot />
        </>
      )}
      <Outcome />
      {use !== 'off' && <ModelUsageLine />}
    </form>
  );
}

function TeamModels() {
  const settings = useChatModel((state) => state.view?.settings);
  const model = settings?.models.find(({ id }) => id === settings.main[0]);
  const connection = settings?.connections.find(({ id }) => id === model?.connection);
  const host = hostOf(connection?.baseUrl ?? '')?.host;
  if (!model || host === undefined) return null;
  return <p className="search-model-hint">{text.teamHint(model.model, host)}</p>;
}

function Foot() {
  const busy = useChatModel((state) => state.busy);
  const use = useChatModel((state) => state.use);
  const isBusy = busy !== 'no';
  return (
    <div className="search-model-foot">
      {/* Not disabled while busy: the focus would be lost. A second press does nothing. */}
      <Button type="submit" aria-disabled={isBusy}>
        {busy === 'testing' ? text.testing : text.test}
      </Button>
      <Button variant="primary" aria-disabled={isBusy} onClick={() => void use()}>
        {busy === 'applying' ? text.saving : text.save}
      </Button>
    </div>
  );
}

/** What became of the last test or change; heard as well as seen. */
function Outcome() {
  const outcome = useChatModel((state) => state.outcome);
  return (
    <div className="search-model-outcome" role="status">
      {outcomeText(outcome)}
    </div>
  );
}

function outcomeText(outcome: ChatOutcome): ReactNode {
  switch (outcome.kind) {
    case 'none':
      return null;
    case 'field':
      return <Bad title={text.fieldProblem[outcome.problem]} />;
    case 'tried': {
      const { firstPieceMs, durationMs, inputTokens, outputTokens, costMicros } = outcome.trial;
      return (
        <>
          <Good>{text.works(duration(firstPieceMs), duration(durationMs))}</Good>
          <p className="search-model-hint">{text.costs(inputTokens + outputTokens, costMicros)}</p>
        </>
      );
    }
    case 'applied':
      return <Good>{text.applied}</Good>;
    case 'failed': {
      const { message, detail, next } = outcome.error;
      return (
        <Bad title={message}>
          {detail !== undefined && <p>{detail}</p>}
          <p>{next}</p>
        </Bad>
      );
    }
    default:
      return assertNever(outcome, 'outcome');
  }
}

function Good({ children }: { readonly children: ReactNode }) {
  return (
    <p className="search-model-good">
      <CircleCheck aria-hidden />
      {children}
    </p>
  );
}

function Bad({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <Callout tone="bad" icon={<CircleAlert aria-hidden />} title={title}>
      {children}
    </Callout>
  );
}
