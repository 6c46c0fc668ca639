import { z } from 'zod';

import type { Fact } from '../../../shared/domain/tool-call.js';
import type { ToolDefinition } from '../../agents/tools/tool.js';
import type { Crm, CrmContact } from './crm.js';

const Input = z.object({ email: z.email() });
/** A name the team gives its tiers: `Gold`, `Level 2`. */
const TIER = /^[\p{L}\p{N}][\p{L}\p{N} .+-]{0,29}$/u;

/**
 * Who the customer of the conversation is to the company. Reads only, and asks for nobody else.
 *
 * What people typed into a record (a company, a deal, the subject of a case) is for the rep's eyes; models and replies get what is surely ours.
 */
export function createLookUpContact(crm: Crm, prefix: string): ToolDefinition<typeof Input> {
  return {
    name: `${prefix}_look_up_contact`,
    title: `Look up in ${crm.name}`,
    description: 'Owner, company, tier, open deals and open cases of this customer.',
    risk: 'read',
    input: Input,
    argumentsFrom: { email: 'customer_email' },
    async run({ input, customer, signal }) {
      if (input.email.toLowerCase() !== customer.email?.toLowerCase())
        return {
          status: 'refused',
          detail: 'This address is not the one of the customer of this conversation.',
        };
      const contact = await crm.findContact(input.email, signal);
      if (!contact)
        return { status: 'not_found', detail: `Nobody in ${crm.name} has the address of this conversation.` };
      return { status: 'succeeded', facts: contactFacts(contact) };
    },
  };
}

function contactFacts({ owner, company, tier, openDeals, openCases }: CrmContact): Fact[] {
  const cases = openCases.map(({ number, subject }) => `${number} ${subject}`.trim());
  return [
    { key: 'contact.owner', label: 'Looked after by', value: owner ?? 'nobody' },
    ...(company === null ? [] : [typed('contact.company', 'Company', 'on record', company)]),
    ...(tier === null
      ? []
      : TIER.test(tier)
        ? [{ key: 'contact.tier', label: 'Tier', value: tier }]
        : [typed('contact.tier', 'Tier', 'on record', tier)]),
    counted('contact.openDeals', 'Open deals', openDeals),
    counted('contact.openCases', 'Open cases', cases),
  ];
}

const typed = (key: string, label: string, value: string, original: string): Fact => ({
  ...{ key, label, value, original: original.slice(0, 500) },
  isReplaced: true,
});

const counted = (key: string, label: string, names: readonly string[]): Fact =>
  names.length === 0
    ? { key, label, value: 'none' }
    : typed(key, label, String(names.length), names.join('; '));
