import type { ConversationStatus } from '../../../../shared/domain/conversation.js';
import type { HelpdeskHttp } from '../helpdesk-http.js';
import { Pipelines, Properties } from './answers.js';
import { askedNowAndThen, ifAllowed } from './asked-once.js';

/** How an account has set up its tickets. */
export interface TicketSetup {
  /** Stages of all pipelines, by number. */
  readonly stages: ReadonlyMap<string, { readonly label: string; readonly status: ConversationStatus }>;
  /** The team's own properties: what a ticket names them, and their label. */
  readonly fields: ReadonlyMap<string, string>;
}

/** More would make the address of a question too long; which ones they are goes by HubSpot's order. */
const MOST_FIELDS = 40;

/**
 * Every account has its own stages, and only they tell which tickets are done. Their names may say that a ticket waits for the
 * customer; `Waiting on us`, which HubSpot comes with, does not.
 */
export const createTicketSetup = (
  http: Pick<HelpdeskHttp, 'json'>,
): ((signal: AbortSignal) => Promise<TicketSetup>) =>
  askedNowAndThen(async (signal) => {
    const pipelines = (await http.json('/crm/v3/pipelines/tickets', Pipelines, {}, signal)).body.results;
    const own = await ifAllowed(() => http.json('/crm/v3/properties/tickets', Properties, {}, signal));
    const fields = (own?.body.results ?? []).filter(({ hubspotDefined }) => hubspotDefined === false);
    const stages = pipelines.flatMap((pipeline) => pipeline.stages);
    return {
      stages: new Map(
        stages.map(({ id, label, metadata }) => [
          id,
          { label: label ?? '', status: statusOf(label ?? '', metadata?.['ticketState']) },
        ]),
      ),
      fields: new Map(fields.slice(0, MOST_FIELDS).map(({ name, label }) => [name, label ?? name])),
    };
  });

function statusOf(label: string, ticketState: unknown): ConversationStatus {
  if (ticketState === 'CLOSED') return 'solved';
  return /^(?:wait|pending|on hold)/iu.test(label) && !/\bus\b/iu.test(label) ? 'waiting' : 'open';
}
