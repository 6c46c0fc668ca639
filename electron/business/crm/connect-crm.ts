import type { BusinessSystem } from '../../../shared/domain/business-system.js';
import type { ConnectedSystem } from '../connected-system.js';
import type { BusinessHttp } from '../http/ask-json.js';
import { createHubSpotCrm } from '../hubspot/hubspot-crm.js';
import { createSalesforceApi } from '../salesforce/salesforce-api.js';
import { createSalesforceCrm } from '../salesforce/salesforce-crm.js';
import { createAddCrmNote } from './add-crm-note.js';
import type { Crm } from './crm.js';
import { createLookUpContact } from './look-up-contact.js';

/** Nobody's: what is asked for to see whether questions are answered. */
const NOBODY = 'nobody@example.invalid';

function connectCrm(crm: Crm, prefix: string): ConnectedSystem {
  return {
    shop: null,
    tools: () => [createLookUpContact(crm, prefix)],
    writeTools: () => [createAddCrmNote(crm, prefix)],
    async check(signal) {
      await crm.findContact(NOBODY, signal);
      return { notes: ['The sign-in works: contacts can be read.'] };
    },
    close: () => Promise.resolve(),
  };
}

export function connectHubSpot(
  { baseUrl, options }: BusinessSystem,
  token: () => string,
  http: BusinessHttp,
): ConnectedSystem {
  const tier = options['tier']?.trim() ?? '';
  return connectCrm(createHubSpotCrm({ ...http, baseUrl, token, tier }), 'hubspot');
}

export function connectSalesforce(
  { baseUrl, options }: BusinessSystem,
  clientSecret: () => string,
  http: BusinessHttp,
): ConnectedSystem {
  const clientId = options['clientId']?.trim() ?? '';
  const api = createSalesforceApi({ ...http, baseUrl, clientId, clientSecret });
  return connectCrm(createSalesforceCrm(api, options['tier']?.trim() ?? ''), 'salesforce');
}
