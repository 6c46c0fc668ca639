import type { Handlers } from '../http/handlers.js';
import type { ApprovalService } from './approval-service.js';

type Names =
  | 'approvals.ask'
  | 'approvals.read'
  | 'approvals.withdraw'
  | 'approvals.forget'
  | 'approvals.waiting'
  | 'approvals.decide';

export function approvalHandlers(approvals: ApprovalService): Handlers<Names> {
  return {
    'approvals.ask': async ({ principal, body }) => approvals.ask(principal, body),
    'approvals.read': async ({ principal, params }) => approvals.read(principal, params.id),
    'approvals.withdraw': async ({ principal, params }) => approvals.withdraw(principal, params.id),
    'approvals.forget': async ({ principal, params }) => approvals.forget(principal, params.id),
    'approvals.waiting': async ({ principal }) => approvals.waiting(principal),
    'approvals.decide': async ({ principal, params, body }) => approvals.decide(principal, params.id, body),
  };
}
