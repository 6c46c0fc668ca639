import type { Intent } from '../../../shared/domain/intent.js';
import type { Team } from '../../../shared/domain/team.js';
import { namedAmount } from './plan-proposals.js';
import type { ToolCustomer, ToolDefinition } from './tool.js';
import type { PlannedCall } from './tool-registry.js';
import type { ArgumentSource } from './argument-source.js';

export interface LookUpPlanInput {
  /** The wanted tools that are no part of the catalogue, with what fills their arguments. */
  readonly lookUps: readonly {
    readonly tool: string;
    readonly argumentsFrom: NonNullable<ToolDefinition['argumentsFrom']>;
  }[];
  readonly intent: Intent;
  readonly team: Team;
  readonly customer: ToolCustomer;
  /** The orders this is about; a look-up that needs one is made for each. */
  readonly orderIds: readonly string[];
}

/** Whether a look-up asks for an order. */
export const needsOrder = (argumentsFrom: Readonly<Record<string, ArgumentSource>>): boolean =>
  Object.values(argumentsFrom).includes('order_id');

/** Fills the arguments of a team's own look-ups by rule; one with an argument nobody knows is left out. Pure. */
export function planLookUps(input: LookUpPlanInput): PlannedCall[] {
  const { lookUps, orderIds } = input;
  return lookUps.flatMap(({ tool, argumentsFrom }) => {
    const forOrders = needsOrder(argumentsFrom) ? orderIds : [''];
    return forOrders.flatMap((orderId) => {
      const filled = Object.entries(argumentsFrom).map(
        ([key, source]) => [key, valueOf(source, orderId, input)] as const,
      );
      return filled.some(([, value]) => value === '') ? [] : [{ tool, input: Object.fromEntries(filled) }];
    });
  });
}

function valueOf(source: ArgumentSource, orderId: string, input: LookUpPlanInput): string {
  const { intent, team, customer } = input;
  switch (source) {
    case 'order_id':
      return orderId;
    case 'customer_email':
      return customer.email ?? '';
    case 'customer_name':
      return customer.name;
    case 'intent_name':
      return intent.name;
    case 'amount':
      return namedAmount(intent, team);
    case 'subscription_id':
    case 'payment_id':
      // Known only from another look-up, which runs at the same time.
      return '';
  }
}
