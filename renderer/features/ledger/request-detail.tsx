import { Copy, Filter, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';

import type { EgressDetail, EgressEntry } from '../../../shared/domain/egress-entry.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Question } from '../../ui/question.js';
import { Skeleton } from '../../ui/skeleton.js';
import { duration, fullTime } from '../../ui/time.js';
import { Problem } from './ledger-problem.js';
import { useLedger, type Chosen } from './ledger-store.js';
import { sizeText } from '../../ui/size-text.js';
import { costText, countsText, purposeOf, sumOf } from './ledger-words.js';
import { SentBody } from './sent-body.js';

const text = strings.ledger;

interface RequestDetailProps {
  readonly chosen: Chosen;
  readonly onCopy: (text: string, confirmation: string) => void;
  readonly onSay: (text: string) => void;
}

/** One request: to whom, why, what was replaced, what it cost, and every byte. */
export function RequestDetail({ chosen, onCopy, onSay }: RequestDetailProps) {
  switch (chosen.kind) {
    case 'none':
      return <p className="ledger-hint ledger-pad">{text.choose}</p>;
    case 'loading':
      return (
        <div className="ledger-pad" role="group" aria-busy="true" aria-label={text.loading}>
          <Skeleton widths={[50, 80, 60, 70]} />
        </div>
      );
    case 'failed':
      return <Problem error={chosen.error} />;
    case 'ready':
      return <Detail key={chosen.id} detail={chosen.detail} onCopy={onCopy} onSay={onSay} />;
  }
}

function Detail({
  detail,
  onCopy,
  onSay,
}: Omit<RequestDetailProps, 'chosen'> & { readonly detail: EgressDetail }) {
  const { entry, headers, body } = detail;
  return (
    <article className="ledger-page">
      <h3>{purposeOf(entry)}</h3>
      <Facts detail={detail} />
      <SentBody body={body} isEmpty={entry.bodyBytes === 0} />
      <details className="ledger-headers">
        <summary>{text.headers}</summary>
        <dl>
          {Object.entries(headers).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
      <Foot entry={entry} body={body} onCopy={onCopy} onSay={onSay} />
    </article>
  );
}

function Facts({ detail: { entry, sha256 } }: { readonly detail: EgressDetail }) {
  const { method, host, path, status, answerBytes, durationMs, failure, state } = entry;
  const { inputTokens, outputTokens, costMicros } = entry;
  const answer = [
    status === null ? text.state[state] : text.answered(status),
    ...(answerBytes > 0 ? [sizeText(answerBytes)] : []),
    ...(durationMs === null ? [] : [duration(durationMs)]),
    ...(failure === null ? [] : [failure]),
  ];
  return (
    <dl className="ledger-facts">
      <Fact name={text.facts.when}>
        <time dateTime={entry.at}>{fullTime(entry.at)}</time>
      </Fact>
      <Fact name={text.facts.to}>
        {method} {host}
        {path}
      </Fact>
      <Fact name={text.facts.sent}>{sizeText(entry.bodyBytes)}</Fact>
      <Fact name={text.facts.answer}>{answer.join(' · ')}</Fact>
      {inputTokens !== null && outputTokens !== null && (
        <Fact name={text.facts.tokens}>{text.tokens(inputTokens, outputTokens)}</Fact>
      )}
      {inputTokens !== null && (
        <Fact name={text.facts.cost}>{costMicros === null ? text.unknownCost : costText(costMicros)}</Fact>
      )}
      <Fact name={text.facts.replaced}>
        {sumOf(entry.replaced) === 0 ? text.noneReplaced : countsText(entry.replaced)}
      </Fact>
      {sumOf(entry.kept) > 0 && <Fact name={text.facts.kept}>{countsText(entry.kept)}</Fact>}
      {entry.conversationId !== null && <Fact name={text.facts.conversation}>{entry.conversationId}</Fact>}
      {entry.runId !== null && <Fact name={text.facts.run}>{entry.runId}</Fact>}
      <Fact name={text.facts.sum}>
        <code>{sha256}</code>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface FootProps extends Omit<RequestDetailProps, 'chosen'> {
  readonly entry: EgressEntry;
  readonly body: string | null;
}

function Foot({ entry: { conversationId }, body, onCopy, onSay }: FootProps) {
  const [isAsking, ask] = useState(false);
  const narrow = useLedger((state) => state.narrow);
  const forget = useLedger((state) => state.forget);
  if (isAsking && conversationId !== null)
    return (
      <Question
        title={text.forgetTitle}
        icon={<Trash2 aria-hidden />}
        yes={text.forgetYes}
        no={text.forgetNo}
        isDanger
        onNo={() => ask(false)}
        onYes={() => void forget(conversationId).then((count) => count !== null && onSay(text.forgot(count)))}
      >
        <p>{text.forgetNext}</p>
      </Question>
    );
  return (
    <div className="ledger-foot">
      {body !== null && body !== '' && (
        <Button icon={<Copy aria-hidden />} onClick={() => onCopy(body, text.copied)}>
          {text.copy}
        </Button>
      )}
      {conversationId !== null && (
        <>
          <Button icon={<Filter aria-hidden />} onClick={() => void narrow({ conversationId })}>
            {text.onlyThis}
          </Button>
          <Button variant="danger" icon={<Trash2 aria-hidden />} onClick={() => ask(true)}>
            {text.forget}
          </Button>
        </>
      )}
    </div>
  );
}
