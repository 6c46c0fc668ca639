import type { HelpdeskKind } from '../../../shared/domain/helpdesk.js';
import type { ConnectorOptions, HelpdeskConnector } from './connector.js';
import { createRequestTracker } from './request-tracker/request-tracker.js';

const connectors: Readonly<Record<HelpdeskKind, (options: ConnectorOptions) => HelpdeskConnector>> = {
  request_tracker: createRequestTracker,
};

/** The connector of a connection's kind. */
export const createConnector = (options: ConnectorOptions): HelpdeskConnector =>
  connectors[options.connection.kind](options);
