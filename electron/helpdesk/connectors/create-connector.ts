import type { HelpdeskKind } from '../../../shared/domain/helpdesk.js';
import { createChatwoot } from './chatwoot/chatwoot.js';
import type { HelpdeskConnector } from './connector.js';
import { createFreshdesk } from './freshdesk/freshdesk.js';
import { createHubSpot } from './hubspot/hubspot.js';
import { createIntercom } from './intercom/intercom.js';
import { createMail } from './mail/mail.js';
import { createRequestTracker } from './request-tracker/request-tracker.js';
import { createSalesforce } from './salesforce/salesforce.js';
import { createWebhook, type WebhookOptions } from './webhook/webhook.js';
import { createZendesk } from './zendesk/zendesk.js';

const connectors: Readonly<Record<HelpdeskKind, (options: WebhookOptions) => HelpdeskConnector>> = {
  request_tracker: createRequestTracker,
  chatwoot: createChatwoot,
  intercom: createIntercom,
  zendesk: createZendesk,
  freshdesk: createFreshdesk,
  hubspot: createHubSpot,
  salesforce: createSalesforce,
  mail: createMail,
  webhook: createWebhook,
};

/** The connector of a connection's kind. */
export const createConnector = (options: WebhookOptions): HelpdeskConnector =>
  connectors[options.connection.kind](options);
