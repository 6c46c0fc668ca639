/** One person as a CRM keeps them. */
export interface CrmContact {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** Who of the company looks after them; null where nobody does. */
  readonly owner: string | null;
  readonly company: string | null;
  /** What the team calls a customer's tier, in the field the operator named; null without one. */
  readonly tier: string | null;
  /** Names of open deals this person takes part in, the newest first. */
  readonly openDeals: readonly string[];
  readonly openCases: readonly { readonly number: string; readonly subject: string }[];
}

/** A note as the CRM holds it. */
export interface CrmNote {
  /** The CRM's own number. */
  readonly id: string;
  readonly at: Date;
}

/** The CRM said no, and nothing happened. The message is for the rep. */
export class CrmRefusal extends Error {
  override readonly name = 'CrmRefusal';
}

/** The system that knows who a customer is to the company. */
export interface Crm {
  /** As people call it: `HubSpot`. */
  readonly name: string;
  /** By their own address, in any letter case; null where nobody has it. */
  findContact(email: string, signal: AbortSignal): Promise<CrmContact | null>;
  /** Adds a note that ends with `tag`. @throws CrmRefusal; anything else means that nobody knows whether it is there. */
  addNote(contactId: string, note: { text: string; tag: string }, signal: AbortSignal): Promise<CrmNote>;
  /** The note of this contact that holds `tag`; null when there surely is none. */
  findNote(contactId: string, tag: string, signal: AbortSignal): Promise<CrmNote | null>;
}
