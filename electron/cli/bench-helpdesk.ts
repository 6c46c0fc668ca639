import { setTimeout as pause } from 'node:timers/promises';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { conversationIdOf } from '../../shared/domain/helpdesk-ref.js';
import { machineLine } from '../evaluation/machine.js';
import { spreadOf, type Spread } from '../evaluation/spread.js';
import { textTable } from '../evaluation/text-table.js';
import { demoScripts } from '../helpdesk/demo-scripts.js';
import { prepareDemoWorkspace } from '../workspace/demo-workspace.js';
import { cuecardHome, demoWorkspaceDir, type ResourceLocations } from '../workspace/locations.js';
import { openBenchDesk, type BenchDesk, type Traffic } from './bench-helpdesk-desk.js';
import { createRequestTrackerCustomer, type BenchCustomer } from './bench-helpdesk-customer.js';

export interface BenchHelpdeskCommand {
  readonly url: string;
  readonly queue: string;
  /** Login of the customer who writes. */
  readonly customer: string;
  readonly messages: number;
  readonly quietSeconds: number;
  readonly json?: boolean;
  readonly resources: ResourceLocations;
  readonly env: NodeJS.ProcessEnv;
}

const CONNECTION = 'request_tracker-1';
/** Nobody waits longer for a card; it counts as lost then. */
const LOST_MS = 30_000;

interface Report {
  readonly machine: string;
  /** From the moment RT answered that the message is stored until its card is complete. */
  readonly toCard: Spread;
  /** How long the run itself took, of that time. */
  readonly run: Spread;
  readonly lost: number;
  readonly requestsPerMessage: number;
  /** With the conversation open and nothing new in it. */
  readonly quietPerMinute: Traffic;
}

/**
 * `cuecard bench helpdesk`: a customer writes in a running Request Tracker, and the desk beside it follows the open conversation.
 * Measures from the stored message to the complete card, and how often the helpdesk is asked. Tickets are made in `queue`.
 */
export async function runBenchHelpdesk(command: BenchHelpdeskCommand): Promise<number> {
  const { resources, env, url, queue, messages } = command;
  const token = secretFrom(env, 'CUECARD_HELPDESK_TOKEN');
  const customer = createRequestTrackerCustomer({
    ...{ url, queue, login: command.customer },
    password: secretFrom(env, 'CUECARD_CUSTOMER_PASSWORD'),
  });
  const workspace = prepareDemoWorkspace(resources.demoWorkspaceDir, demoWorkspaceDir(cuecardHome(env)));
  const connection = {
    ...{ id: CONNECTION, kind: 'request_tracker' as const, name: 'Bench', baseUrl: url },
    options: { queue },
  };
  const desk = openBenchDesk({ workspace, resources, connection, token });
  try {
    await Promise.all([desk.warmUp(), desk.inbox.start()]);
    const measured = await measure(desk, customer, textsOf(resources), messages);
    const before = desk.traffic();
    await pause(command.quietSeconds * 1000);
    const quietPerMinute = perMinute(before, desk.traffic(), command.quietSeconds);
    const report: Report = { machine: machineLine(), ...measured, quietPerMinute };
    process.stdout.write(command.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
    return report.lost === 0 ? 0 : 1;
  } finally {
    await desk.close();
  }
}

/** One ticket, opened on the desk, in which the customer writes `count` times; each message waits for the card of the one before. */
async function measure(
  desk: BenchDesk,
  customer: BenchCustomer,
  texts: readonly string[],
  count: number,
): Promise<Omit<Report, 'machine' | 'quietPerMinute'>> {
  const nativeId = await customer.opens('Where is my parcel?', texts[0] ?? 'Where is my parcel?');
  const conversationId = conversationIdOf({ connectionId: CONNECTION, nativeId });
  const runs: number[] = [];
  let onCard: () => void = () => undefined;
  desk.onReady((suggestion) => {
    if (suggestion.conversationId !== conversationId) return;
    runs.push(suggestion.totalMs);
    onCard();
  });
  desk.inbox.attend(conversationId);
  await desk.inbox.open(conversationId);
  await until((done) => (onCard = done));
  runs.length = 0;
  const toCard: number[] = [];
  const { requests: requestsBefore } = desk.traffic();
  let lost = 0;
  for (let at = 0; at < count; at += 1) {
    let cardAt = 0;
    const card = until((done) => {
      onCard = () => {
        cardAt = performance.now();
        done();
      };
    });
    await customer.says(nativeId, texts[at % texts.length] ?? '');
    const storedAt = performance.now();
    if (await card) toCard.push(Math.max(0, cardAt - storedAt));
    else lost += 1;
  }
  const requestsPerMessage = (desk.traffic().requests - requestsBefore) / count;
  return { toCard: spreadOf(toCard), run: spreadOf(runs), lost, requestsPerMessage };
}

function perMinute(from: Traffic, to: Traffic, seconds: number): Traffic {
  const rate = (count: keyof Traffic): number => ((to[count] - from[count]) * 60) / seconds;
  return { requests: rate('requests'), unchanged: rate('unchanged'), bytes: rate('bytes') };
}

/** True when `arm`'s callback is called in time. */
async function until(arm: (done: () => void) => void): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const isDone = await new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), LOST_MS);
    arm(() => resolve(true));
  });
  clearTimeout(timer);
  return isDone;
}

/** What customers of the demo write, first messages only: each is about something of its own. */
function textsOf(resources: ResourceLocations): string[] {
  return demoScripts(resources.demoDir, {}).scripts.flatMap(({ messages }) =>
    messages
      .filter(({ author }) => author === 'customer')
      .slice(0, 1)
      .map(({ text }) => text),
  );
}

/** Secrets come by the environment, so that no list of processes shows them. */
function secretFrom(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new AppErrorException('BENCH_SECRET_MISSING', name);
  return value;
}

const quietText = ({ requests, unchanged, bytes }: Traffic): string =>
  `${requests.toFixed(1)} requests, ${unchanged.toFixed(1)} of them answered with “nothing changed”, ${(bytes / 1000).toFixed(1)} kB of answers`;

function reportText(report: Report): string {
  const row = (what: string, { count, p50Ms, p95Ms, maxMs }: Spread): (string | number)[] => [
    ...[what, count],
    ...[p50Ms, p95Ms, maxMs].map((value) => value.toFixed(0)),
  ];
  return [
    report.machine,
    textTable(
      ['', 'messages', 'p50 ms', 'p95 ms', 'max ms'],
      [row('stored to card', report.toCard), row('of that, the run', report.run)],
    ),
    `Cards that never came: ${String(report.lost)}`,
    `Requests for each message, until its card: ${report.requestsPerMessage.toFixed(1)}`,
    `A minute with the conversation open and quiet: ${quietText(report.quietPerMinute)}`,
    '',
  ].join('\n');
}
