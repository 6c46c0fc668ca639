import type { Action } from '../../shared/domain/action.js';

/** What a lead is asked: exactly this action, by its content's fingerprint. */
export interface SecondApprovalRequest {
  readonly action: Action;
  readonly content: string;
  /** The rep who approved it first. */
  readonly by: string;
}

export interface LeadAnswer {
  readonly actionId: string;
  /** The fingerprint the lead was shown; an answer to another content counts for nothing. */
  readonly content: string;
  readonly decision: 'approved' | 'refused';
  readonly by: string;
  readonly reason: string;
}

/** The way to a lead of the team. */
export interface SecondApprover {
  /** Asks, as often as it is called once; gives one line on how the question stands. Never rejects: what cannot be sent is sent later. */
  ask(request: SecondApprovalRequest): Promise<string>;
  /** The rep took the action back. */
  withdraw(actionId: string): Promise<void>;
  onAnswer(listener: (answer: LeadAnswer) => void): void;
}

/** Where there is no team, nobody can approve a second time. */
export const noSecondApprover: SecondApprover = {
  ask: () => Promise.resolve('A lead of the team must approve this too. Join your team to ask them.'),
  withdraw: () => Promise.resolve(),
  onAnswer: () => undefined,
};
