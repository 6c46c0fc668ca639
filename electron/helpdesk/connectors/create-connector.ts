import type { HelpdeskKind } from '../../../shared/domain/helpdesk.js';
import { createChatwoot } from './chatwoot/chatwoot.js';
import type { ConnectorOptions, HelpdeskConnector } from './connector.js';
import { createFreshdesk } from './freshdesk/freshdesk.js';
import { createHubSpot } from './hubspot/hubspot.js';
import { createIntercom } from './intercom/intercom.js';
import { createMail } from './mail/mail.js';
import { createRequestTracker } from './request-tracker/request-tracker.js';
import { createZendesk } from './zendesk/zendesk.js';

const connectors: Readonly<Record<HelpdeskKind, (options: ConnectorOptions) => HelpdeskConnector>> = {
  request_tracker: createRequestTracker,
  chatwoot: createChatwoot,
  intercom: createIntercom,
  zendesk: createZendesk,
  freshdesk: createFreshdesk,
  hubspot: createHubSpot,
  mail: createMail,
};

/** The connector of a connection's kind. */
export const createConnector = (options: ConnectorOptions): HelpdeskConnector =>
  connectors[options.connection.kind](options);
