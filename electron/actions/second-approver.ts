/** How a question to the leads stands. */
export interface Standing {
  readonly actionId: string;
  /** Whether leads can see it. */
  readonly isSent: boolean;
  /** One line for the rep. */
  readonly detail: string;
}

export interface LeadAnswer {
  readonly actionId: string;
  /** The fingerprint the lead was shown; an answer to another content counts for nothing. */
  readonly content: string;
  readonly decision: 'approved' | 'refused';
  readonly by: string;
  readonly reason: string;
}

/** Who asked the leads, and hears of it. */
export interface ApprovalListener {
  onStanding(standing: Standing): void;
  /** Rejects where it could not be taken now; it comes again then. */
  onAnswer(answer: LeadAnswer): Promise<void>;
}

/** The way to a lead of the team. */
export interface SecondApprover {
  /**
   * Takes the question up for good and returns at once, with one line on how it stands; it is sent when it can be. As often as it is called it
   * is one question. @throws when the disk does not take it; nothing is asked then.
   */
  ask(actionId: string): string;
  /** The rep took the action back. */
  withdraw(actionId: string): void;
  /** Actions were forgotten: what leads were asked of them goes at the hub too. */
  forgotten(): void;
  listen(listener: ApprovalListener): void;
}

/** What a rep reads where there is no hub whose leads could be asked. */
export const NO_TEAM = 'A lead of the team must approve this too. Join your team to ask them.';

/** Where there is no team, nobody can approve a second time. */
export const noSecondApprover: SecondApprover = {
  ask: () => NO_TEAM,
  withdraw: () => undefined,
  forgotten: () => undefined,
  listen: () => undefined,
};
