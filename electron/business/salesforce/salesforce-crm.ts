import { z } from 'zod';

import type { Crm } from '../crm/crm.js';
import { quoted, type SalesforceApi } from './salesforce-api.js';

/** Loose: the field of the tier may lie in it. */
const Named = z.object({ Name: z.string().nullable() }).loose().nullable();
const Contact = z
  .object({ Id: z.string(), Email: z.string().nullable(), Name: z.string(), Account: Named, Owner: Named })
  .loose();
const Case = z.object({ CaseNumber: z.string(), Subject: z.string().nullable() });
const Role = z.object({ Opportunity: z.object({ Name: z.string() }) });
const Task = z.object({ Id: z.string(), Description: z.string().nullable(), CreatedDate: z.string() });

/** `Tier__c`, `Account.Tier__c`. */
export const isFieldName = (name: string): boolean => /^(?:Account\.)?[A-Za-z]\w{0,79}$/u.test(name);

/** Salesforce's contacts, their open opportunities and cases, and notes as completed tasks. `tier` is empty without a field for it. */
export function createSalesforceCrm(api: SalesforceApi, tier: string): Crm {
  return {
    name: 'Salesforce',
    async findContact(email, signal) {
      const wanted = email.trim().toLowerCase();
      const fields = [
        'Id',
        'Email',
        'Name',
        'Account.Name',
        'Owner.Name',
        ...(isFieldName(tier) ? [tier] : []),
      ];
      const soql = `SELECT ${fields.join(', ')} FROM Contact WHERE Email = ${quoted(wanted)} ORDER BY LastModifiedDate DESC LIMIT 1`;
      const [contact] = await api.query(soql, Contact, signal);
      if (contact?.Email?.toLowerCase() !== wanted) return null;
      const id = quoted(contact.Id);
      const [cases, roles] = await Promise.all([
        api.query(
          `SELECT CaseNumber, Subject FROM Case WHERE ContactId = ${id} AND IsClosed = false ORDER BY LastModifiedDate DESC LIMIT 20`,
          Case,
          signal,
        ),
        // Not those of the account: they may be about other people.
        api.query(
          `SELECT Opportunity.Name FROM OpportunityContactRole WHERE ContactId = ${id} AND Opportunity.IsClosed = false ORDER BY Opportunity.LastModifiedDate DESC LIMIT 20`,
          Role,
          signal,
        ),
      ]);
      return {
        ...{ id: contact.Id, email: wanted, name: contact.Name },
        ...{ owner: contact.Owner?.Name ?? null, company: contact.Account?.Name ?? null },
        tier: tierOf(contact, tier),
        openDeals: [...new Set(roles.map(({ Opportunity }) => Opportunity.Name))],
        openCases: cases.map(({ CaseNumber: number, Subject }) => ({ number, subject: Subject ?? '' })),
      };
    },
    async addNote(contactId, { text, tag }, signal) {
      const at = new Date();
      const id = await api.create(
        'Task',
        {
          ...{ WhoId: contactId, Subject: 'Note from support', Description: `${text}\n${tag}` },
          ...{ Status: 'Completed', ActivityDate: at.toISOString().slice(0, 10) },
        },
        signal,
      );
      return { id, at };
    },
    async findNote(contactId, tag, signal) {
      // A long text cannot be searched in a query.
      const soql = `SELECT Id, Description, CreatedDate FROM Task WHERE WhoId = ${quoted(contactId)} ORDER BY CreatedDate DESC LIMIT 200`;
      const tasks = await api.query(soql, Task, signal);
      const task = tasks.find(({ Description }) => Description?.includes(tag));
      return task ? { id: task.Id, at: new Date(task.CreatedDate) } : null;
    },
  };
}

function tierOf(contact: Readonly<Record<string, unknown>>, field: string): string | null {
  if (!isFieldName(field)) return null;
  let value: unknown = contact;
  for (const part of field.split('.'))
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : null;
  return typeof value === 'string' && value !== '' ? value : null;
}
