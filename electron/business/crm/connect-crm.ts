import type { BusinessSystem } from '../../../shared/domain/business-system.js';
import type { ConnectedSystem } from '../connected-system.js';
import { forChanges, type BusinessHttp, type ChangingHttp } from '../http/ask-json.js';
import { createHubSpotCrm } from '../hubspot/hubspot-crm.js';
import { createSalesforceApi } from '../salesforce/salesforce-api.js';
import { createSalesforceCrm } from '../salesforce/salesforce-crm.js';
import { createAddCrmNote } from './add-crm-note.js';
import type { Crm } from './crm.js';
import { createLookUpContact } from './look-up-contact.js';

/** Nobody's: what is asked for to see whether questions are answered. */
const NOBODY = 'nobody@example.invalid';

function connectCrm(
  connect: (http: BusinessHttp) => Crm,
  http: ChangingHttp,
  prefix: string,
): ConnectedSystem {
  const crm = connect(http);
  const changing = connect(forChanges(http));
  return {
    shop: null,
    tools: () => [createLookUpContact(crm, prefix)],
    writeTools: () => [createAddCrmNote(changing, prefix)],
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
  http: ChangingHttp,
): ConnectedSystem {
  const tier = options['tier']?.trim() ?? '';
  return connectCrm((reached) => createHubSpotCrm({ ...reached, baseUrl, token, tier }), http, 'hubspot');
}

export function connectSalesforce(
  { baseUrl, options }: BusinessSystem,
  clientSecret: () => string,
  http: ChangingHttp,
): ConnectedSystem {
  const clientId = options['clientId']?.trim() ?? '';
  const tier = options['tier']?.trim() ?? '';
  const connect = (reached: BusinessHttp): Crm =>
    createSalesforceCrm(createSalesforceApi({ ...reached, baseUrl, clientId, clientSecret }), tier);
  return connectCrm(connect, http, 'salesforce');
}
