import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { Money } from '../../../shared/domain/action.js';
import type { Fact } from '../../../shared/domain/tool-call.js';
import type { ActionOutcome, ActionRun, WriteTool } from '../../agents/tools/write-tool.js';
import { fieldsOf, filled, inputOf, sourcesOf } from '../declared/declared-argument.js';
import { textAt } from '../declared/json-path.js';
import { plainText } from '../declared/plain-text.js';
import { toolName } from '../declared/tool-name.js';
import { factsOf, lookUp, type ApiToolDeps } from './api-look-up.js';
import type { ApiRequest } from './api-request.js';
import type { PreparedOperation } from './prepared-api.js';
import { NotSent } from './send-request.js';

type Run = Omit<ActionRun<Record<string, string>>, 'key'>;

/** A system may take long over a change, yet not longer than a rep waits. */
export const TIME_LIMIT_MS = 20_000;
/** What a call shows in place of a number that only the approved change has. */
const LATER = '(number of this change)';
/** The system said no, and nothing happened. Not 409: for a number that is known it means that the first request with it is still being worked on. */
const REFUSALS: ReadonlySet<number> = new Set([400, 402, 404, 405, 406, 410, 412, 413, 415, 422, 428, 429]);

/**
 * An operation that changes something, done after an approval. Where it names a look-up (`checkedBy`), that must find the customer's own record, both
 * when the change is shown and right before it is made; its facts are what policy rules look at.
 */
export function createApiChange(
  operation: PreparedOperation,
  all: readonly PreparedOperation[],
  deps: ApiToolDeps & { readonly currency: string },
): WriteTool {
  const { caller, currency, print } = deps;
  const named = (name: string | undefined) => all.find((one) => one.name === name);

  async function planned(run: Run, key: string) {
    const { input, customer, signal } = run;
    if (operation.public === undefined && customer.email === null)
      return { refused: 'The customer of this conversation has no known address.' } as const;
    const check = named(operation.checkedBy);
    let known: readonly Fact[] = [];
    if (check) {
      const found = await lookUp(check, deps, input, customer, signal);
      if (found.status !== 'succeeded') return { refused: found.detail } as const;
      known = found.facts;
    }
    const at = operation.keyAt === undefined ? undefined : { place: operation.keyAt, value: key };
    const request = await caller.build(operation, input, customer, at);
    return 'problem' in request ? ({ refused: request.problem } as const) : { request, known };
  }

  return {
    name: toolName(deps.system, operation.name),
    ...{ title: operation.title, description: operation.description, risk: 'write' },
    input: inputOf(operation.arguments),
    fields: fieldsOf(operation.arguments),
    argumentsFrom: sourcesOf(operation.arguments),
    timeLimitMs: TIME_LIMIT_MS,
    async preview(run) {
      const asked = await planned(run, LATER);
      if ('refused' in asked) return { status: 'refused', detail: asked.refused };
      const values = filled(operation.arguments, run.input, run.customer) ?? {};
      return {
        status: 'ready',
        effect: (operation.effect ?? '').replaceAll(/\{([^}]*)\}/gu, (_, name: string) =>
          plainText(String(values[name] ?? ''), 200),
        ),
        call: shown(asked.request),
        amount: amountOf(operation, run.input, currency),
        facts: asked.known,
      };
    },
    async run(run) {
      const asked = await planned(run, run.key);
      if ('refused' in asked) return { status: 'refused', detail: asked.refused };
      const request = { ...asked.request, headers: { ...asked.request.headers, 'idempotency-key': run.key } };
      try {
        const { status, value } = await caller.send(operation, request, run.signal);
        if (REFUSALS.has(status)) return { status: 'refused', detail: refusal(status, value) };
        if (status < 200 || status > 299) throw new AppErrorException('BUSINESS_UNREACHABLE', String(status));
        const number = operation.proof === undefined ? '' : plainText(textAt(value, operation.proof), 200);
        const proof = number === '' ? `HTTP ${String(status)}, ${run.key}` : number;
        return { status: 'succeeded', facts: factsOf(operation, value, print), proof };
      } catch (error) {
        const isNo = error instanceof AppErrorException && error.error.code === 'BUSINESS_REFUSED';
        if (!isNo && !(error instanceof NotSent)) throw error;
        return { status: 'refused', detail: `${error.error.message} Nothing was changed.` };
      }
    },
    canReadBack: named(operation.readBack?.by) !== undefined,
    readBack: (run) => readBack(run),
  };

  async function readBack({
    input,
    customer,
    key,
    signal,
  }: ActionRun<Record<string, string>>): Promise<ActionOutcome | null> {
    const look = named(operation.readBack?.by);
    if (!look) throw new AppErrorException('BUSINESS_UNREACHABLE', 'it has no way to look a change up');
    const place = operation.readBack?.keyAt;
    const request = await caller.build(
      look,
      input,
      customer,
      place === undefined ? undefined : { place, value: key },
    );
    if ('problem' in request) throw new AppErrorException('BUSINESS_ANSWER_UNREADABLE', request.problem);
    const { status, value } = await caller.send(look, request, signal);
    if (status === 404) return null;
    if (status < 200 || status > 299) throw new AppErrorException('BUSINESS_UNREACHABLE', String(status));
    // Whatever else the answer holds, only the change's own number says that it was made.
    if (!(value !== undefined && JSON.stringify(value).includes(key))) return null;
    return { status: 'succeeded', facts: [], proof: key };
  }
}

/** Exactly what is sent, but for who asks. */
const shown = ({ method, url, body }: ApiRequest): string =>
  `${method} ${url}${body === null ? '' : ` ${body}`}`;

/** What it costs, so that the team's limits hold: the argument that is filled with the amount. */
function amountOf(
  { arguments: declared }: PreparedOperation,
  input: Readonly<Record<string, string>>,
  currency: string,
): Money | null {
  const [name] = Object.entries(declared).find(([, { from }]) => from === 'amount') ?? [];
  return name === undefined ? null : { amount: Number(input[name]), currency };
}

/** The system's own sentence, as the usual places of an error hold it. */
function refusal(status: number, value: unknown): string {
  const texts = ['message', 'error.message', 'error', 'detail', 'title', 'errors[0].message', 'errors[0]'];
  const said = texts.map((path) => plainText(textAt(value, path), 200)).find((text) => text !== '');
  return said === undefined
    ? `The system refused it (${String(status)}). Nothing was changed.`
    : `The system refused it (${String(status)}): ${said}`;
}
