import type { Fact } from '../../../shared/domain/tool-call.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { ToolCustomer, ToolDefinition, ToolOutcome } from '../../agents/tools/tool.js';
import { inputOf, lookUpSources } from '../declared/declared-argument.js';
import type { FactPrinter } from '../declared/declared-fact.js';
import { isAtEachItem, textAt, textsAt } from '../declared/json-path.js';
import { areOwn, NO_ADDRESS, NOT_FOUND, NOT_OWN } from '../declared/ownership.js';
import { toolName } from '../declared/tool-name.js';
import type { ApiCaller } from './api-caller.js';
import type { PreparedOperation } from './prepared-api.js';

export interface ApiToolDeps {
  /** As the rep knows the system; its tools begin with it. */
  readonly system: string;
  readonly caller: ApiCaller;
  readonly print: FactPrinter;
}

/** An operation that only reads, as a look-up. */
export function createApiLookUp(operation: PreparedOperation, deps: ApiToolDeps): ToolDefinition {
  const sources = lookUpSources(operation.arguments);
  return {
    name: toolName(deps.system, operation.name),
    ...{ title: operation.title, description: operation.description, risk: 'read' },
    input: inputOf(operation.arguments),
    ...(sources ? { argumentsFrom: sources } : {}),
    run: ({ input, customer, signal }) => lookUp(operation, deps, input, customer, signal),
  };
}

/**
 * Asks and tells what is the customer's own. Arguments the description or the system does not take name nothing that could be found.
 * @throws AppErrorException BUSINESS_*.
 */
export async function lookUp(
  operation: PreparedOperation,
  { caller, print }: Omit<ApiToolDeps, 'system'>,
  input: Readonly<Record<string, string>>,
  customer: ToolCustomer,
  signal: AbortSignal,
): Promise<ToolOutcome> {
  if (operation.public === undefined && customer.email === null) return NO_ADDRESS;
  const request = await caller.build(operation, input, customer);
  if ('problem' in request) return { status: 'not_found', detail: request.problem };
  const { status, value } = await caller.send(operation, request, signal);
  if ([400, 404, 410, 422].includes(status)) return NOT_FOUND;
  if (status < 200 || status > 299)
    throw new AppErrorException('BUSINESS_UNREACHABLE', `it answers ${String(status)}`);
  if (value === undefined) throw new AppErrorException('BUSINESS_ANSWER_UNREADABLE', 'its answer is no JSON');
  const facts = factsOf(operation, value, print);
  if (operation.ownedBy !== undefined) {
    const owners = textsAt(value, operation.ownedBy);
    if (owners.length === 0 && facts.length === 0) return NOT_FOUND;
    if (!isAtEachItem(value, operation.ownedBy) || !areOwn(owners, customer.email)) return NOT_OWN;
  }
  return facts.length === 0 ? NOT_FOUND : { status: 'succeeded', facts };
}

/** What an answer says, as the operator declared it. */
export function factsOf({ facts }: PreparedOperation, value: unknown, print: FactPrinter): Fact[] {
  return Object.entries(facts).flatMap(([path, declared]) => {
    const fact = print.print(declared, textAt(value, path));
    return fact ? [fact] : [];
  });
}
