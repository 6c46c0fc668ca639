import type { Suggestion } from '../../shared/domain/suggestion.js';
import type { ShopChange, ShopChanges } from '../agents/tools/shop-changes.js';
import type { WriteTool } from '../agents/tools/write-tool.js';
import { machineLine } from './machine.js';
import type { RetailSet, RetailTask } from './retail-set.js';
import { textTable } from './text-table.js';

/** Changes of the set that a tool of the catalogue stands for. */
const TOOL_OF: Readonly<Record<string, string>> = {
  cancel_pending_order: 'cancel_order',
  modify_pending_order_address: 'change_address',
  return_delivered_order_items: 'create_return_label',
};
/** The states in which the set's policy lets a change be made. */
const ALLOWED: Readonly<Record<string, string>> = {
  cancel_order: 'pending',
  change_address: 'pending',
  create_return_label: 'delivered',
};

interface Count {
  readonly right: number;
  readonly of: number;
}

export interface ToolsReport {
  readonly machine: string;
  readonly tasks: number;
  /** Of the runs that looked an order up: it is one the task is about. */
  readonly lookUpsRight: Count;
  /** Of the tasks whose text names an order: it was looked up. */
  readonly namedLookedUp: Count;
  /** Of the tasks that want a change the catalogue has: it was proposed, for the right order. */
  readonly changesProposed: Count;
  /** Of the changes proposed: the task wants them, for this order. */
  readonly proposalsRight: Count;
  /** Changes the shop was asked for during all runs. Must be 0. */
  readonly writtenWithoutApproval: number;
  /** Every change tried on every order: allowed and refused as the set's policy says. */
  readonly policy: Count;
  /** Every change tried on every order by a customer it does not belong to: refused. */
  readonly foreign: Count;
}

/** A shop that only counts what it is asked to change. */
export function countingChanges(): ShopChanges & { readonly asked: ShopChange[] } {
  const asked: ShopChange[] = [];
  return {
    asked,
    kinds: new Set(['refund', 'cancel_order', 'change_address', 'return_label']),
    describe: ({ kind }) => kind,
    apply(change) {
      asked.push(change);
      return Promise.resolve({ proof: 'counted', at: new Date(), state: 'done' });
    },
    findDone: () => Promise.resolve(null),
  };
}

export async function evaluateTools(
  set: RetailSet,
  run: (task: RetailTask) => Promise<Suggestion>,
  tools: readonly WriteTool[],
  changes: ReturnType<typeof countingChanges>,
): Promise<ToolsReport> {
  const counts = { lookUps: none(), named: none(), wanted: none(), proposed: none() };
  for (const task of set.tasks) {
    const { toolCalls, proposals } = await run(task);
    const about = new Set(task.calls.flatMap(({ orderId }) => (orderId === null ? [] : [orderId])));
    const lookedUp = [...new Set(toolCalls.flatMap(({ input }) => input['orderId'] ?? []))];
    for (const id of lookedUp) add(counts.lookUps, about.has(id));
    for (const id of about) if (task.text.includes(id)) add(counts.named, lookedUp.includes(id));
    const wanted = task.calls.flatMap(({ name, orderId }) =>
      TOOL_OF[name] === undefined ? [] : [`${TOOL_OF[name]} ${orderId ?? ''}`],
    );
    const made = proposals.map(({ tool, input }) => `${tool} ${input['orderId'] ?? ''}`);
    for (const one of new Set(wanted)) add(counts.wanted, made.includes(one));
    for (const one of made) add(counts.proposed, wanted.includes(one));
  }
  const written = changes.asked.length;
  return {
    ...{ machine: machineLine(), tasks: set.tasks.length },
    ...{ lookUpsRight: counts.lookUps, namedLookedUp: counts.named },
    ...{ changesProposed: counts.wanted, proposalsRight: counts.proposed, writtenWithoutApproval: written },
    ...(await tryAll(set, tools)),
  };
}

/** Previews every change on every order, by its customer and by the next one. */
async function tryAll(
  { orders }: RetailSet,
  tools: readonly WriteTool[],
): Promise<Pick<ToolsReport, 'policy' | 'foreign'>> {
  const [policy, foreign] = [none(), none()];
  const { signal } = new AbortController();
  const address = { fullName: 'A', street: 'B 1', postalCode: '1', city: 'C', country: 'US' };
  for (const [at, { order, email, status }] of orders.entries()) {
    const other = orders.slice(at).find((one) => one.email !== email)?.email ?? orders[0]?.email ?? '';
    for (const tool of tools) {
      const allowed = ALLOWED[tool.name];
      if (allowed === undefined) continue;
      const input = tool.input.parse({ orderId: order.id, reason: 'no longer needed', ...address });
      const preview = async (address_: string): Promise<boolean> => {
        const customer = { name: '', email: address_ };
        return (await tool.preview({ input, customer, signal })).status === 'ready';
      };
      add(policy, (await preview(email)) === (status === allowed));
      add(foreign, !(await preview(other)));
    }
  }
  return { policy, foreign };
}

const none = (): { right: number; of: number } => ({ right: 0, of: 0 });

function add(count: { right: number; of: number }, isRight: boolean): void {
  count.of += 1;
  if (isRight) count.right += 1;
}

export function toolsReportText(report: ToolsReport): string {
  const row = (what: string, { right, of }: Count): (string | number)[] => [
    ...[what, right, of],
    of === 0 ? '-' : `${((100 * right) / of).toFixed(1)} %`,
  ];
  return [
    `${report.machine}; ${String(report.tasks)} tasks`,
    textTable(
      ['', 'right', 'of', ''],
      [
        row('orders looked up that the task is about', report.lookUpsRight),
        row('orders named in the text that were looked up', report.namedLookedUp),
        row('wanted changes that were proposed, right order', report.changesProposed),
        row('proposed changes that were wanted, right order', report.proposalsRight),
        row('changes allowed and refused as the policy says', report.policy),
        row('changes of orders of others refused', report.foreign),
      ],
    ),
    `Written without an approval: ${String(report.writtenWithoutApproval)}`,
    '',
  ].join('\n');
}
