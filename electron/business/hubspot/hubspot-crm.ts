import { z } from 'zod';

import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { Crm } from '../crm/crm.js';
import { readAnswer } from '../crm/crm-http.js';
import { askJson, type BusinessHttp } from '../http/ask-json.js';

export interface HubSpotOptions extends BusinessHttp {
  /** `https://api.hubapi.com`. */
  readonly baseUrl: string;
  /** The token of a private app; docs/connect/hubspot-crm.md names its scopes. */
  readonly token: () => string;
  /** Internal name of the property that holds the tier; empty without one. */
  readonly tier: string;
}

const Id = z.union([z.string(), z.number()]).transform(String);
const Properties = z.record(z.string(), z.string().nullish());
const Linked = z.object({ results: z.array(z.object({ id: Id })) }).optional();
const Contact = z.object({
  id: Id,
  properties: Properties,
  associations: z.object({ deals: Linked, tickets: Linked }).optional(),
});
const Records = z.object({
  results: z.array(z.object({ id: Id, properties: Properties, createdAt: z.string() })),
});
const Links = z.object({
  results: z.array(z.object({ toObjectId: Id })),
  paging: z.object({ next: z.object({ after: z.string() }).nullish() }).nullish(),
});
const Owner = z.object({ firstName: z.string().nullish(), lastName: z.string().nullish() });
const Made = z.object({ id: Id, createdAt: z.iso.datetime({ offset: true }) });
const Said = z.object({ message: z.string() });
const said = (value: unknown): string | null => Said.safeParse(value).data?.message ?? null;

/** Note to contact, as HubSpot numbers its own kinds of links (developers.hubspot.com, associations v4). */
const NOTE_TO_CONTACT = 202;
/** As many as one question for records may name. */
const BATCH = 100;
/** As many links as one page holds. */
const LINKS = '500';

/** HubSpot's CRM over its objects API v3. */
export function createHubSpotCrm({ baseUrl, token, tier, ...http }: HubSpotOptions): Crm {
  async function ask<T>(
    path: string,
    schema: z.ZodType<T>,
    body: object | null,
    signal: AbortSignal,
  ): Promise<T | null> {
    const headers = { authorization: `Bearer ${token()}`, 'content-type': 'application/json' };
    const request = { url: `${baseUrl}${path}`, headers };
    const answer = await askJson(
      http,
      body === null ? request : { ...request, method: 'POST', body: JSON.stringify(body) },
      signal,
    );
    return readAnswer(answer, schema, said);
  }

  /** Records by number, the newest first. */
  async function records(
    kind: string,
    linked: z.infer<typeof Linked>,
    properties: readonly string[],
    signal: AbortSignal,
  ): Promise<z.infer<typeof Records>['results']> {
    const ids = (linked?.results ?? []).map(({ id }) => id);
    // Linked under several labels a record is named several times.
    const newest = [...new Set(ids)].sort((a, b) => Number(b) - Number(a)).slice(0, BATCH);
    if (newest.length === 0) return [];
    const inputs = newest.map((id) => ({ id }));
    // HubSpot's description requires the list of properties with their history, also where none is wanted.
    const body = { properties, propertiesWithHistory: [], inputs };
    const found = await ask(`/crm/v3/objects/${kind}/batch/read`, Records, body, signal);
    return [...(found?.results ?? [])].sort((a, b) => Number(b.id) - Number(a.id));
  }

  /** Numbers of all notes of a contact, the newest first as far as numbers tell. */
  async function noteIds(contactId: string, signal: AbortSignal): Promise<readonly string[]> {
    const ids = new Set<string>();
    const pages = new Set<string>();
    for (let after: string | undefined = ''; after !== undefined;) {
      // Asked for without end, and whether the note is there would not be known.
      if (pages.has(after)) throw new AppErrorException('BUSINESS_ANSWER_UNREADABLE', 'pages in a circle');
      pages.add(after);
      const query: URLSearchParams = new URLSearchParams({
        limit: LINKS,
        ...(after === '' ? {} : { after }),
      });
      const path = `/crm/v4/objects/contacts/${encodeURIComponent(contactId)}/associations/notes?${query.toString()}`;
      const page: z.infer<typeof Links> | null = await ask(path, Links, null, signal);
      for (const { toObjectId } of page?.results ?? []) ids.add(toObjectId);
      after = page?.paging?.next?.after;
    }
    return [...ids].sort((a, b) => Number(b) - Number(a));
  }

  async function ownerOf(id: string | null | undefined, signal: AbortSignal): Promise<string | null> {
    if (!id) return null;
    const owner = await ask(`/crm/v3/owners/${encodeURIComponent(id)}`, Owner, null, signal);
    return [owner?.firstName, owner?.lastName].filter(Boolean).join(' ') || null;
  }

  return {
    name: 'HubSpot',
    async findContact(email, signal) {
      const wanted = email.trim().toLowerCase();
      const names = ['email', 'hs_additional_emails', 'firstname', 'lastname', 'company', 'hubspot_owner_id'];
      const query = new URLSearchParams({
        ...{ idProperty: 'email', associations: 'deals,tickets' },
        properties: [...names, ...(tier === '' ? [] : [tier])].join(','),
      });
      const path = `/crm/v3/objects/contacts/${encodeURIComponent(wanted)}?${query.toString()}`;
      const contact = await ask(path, Contact, null, signal);
      if (!contact) return null;
      const { properties, associations } = contact;
      const addresses = [properties['email'], ...(properties['hs_additional_emails']?.split(';') ?? [])];
      if (!addresses.some((one) => one?.trim().toLowerCase() === wanted)) return null;
      const [deals, tickets, owner] = await Promise.all([
        records('deals', associations?.deals, ['dealname', 'hs_is_closed'], signal),
        records('tickets', associations?.tickets, ['subject', 'closed_date'], signal),
        ownerOf(properties['hubspot_owner_id'], signal),
      ]);
      return {
        ...{ id: contact.id, email: wanted, owner },
        name: [properties['firstname'], properties['lastname']].filter(Boolean).join(' ') || wanted,
        company: properties['company'] || null,
        tier: (tier === '' ? null : properties[tier]) || null,
        openDeals: deals
          .filter((deal) => deal.properties['hs_is_closed'] !== 'true')
          .map((deal) => deal.properties['dealname'] || deal.id),
        openCases: tickets
          .filter((ticket) => !ticket.properties['closed_date'])
          .map((ticket) => ({ number: ticket.id, subject: ticket.properties['subject'] ?? '' })),
      };
    },
    async addNote(contactId, { text, tag }, signal) {
      const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: NOTE_TO_CONTACT }];
      const body = {
        properties: { hs_timestamp: new Date().toISOString(), hs_note_body: `${toHtml(text)}<br>${tag}` },
        associations: [{ to: { id: contactId }, types }],
      };
      const made = await ask('/crm/v3/objects/notes', Made, body, signal);
      if (!made) throw new Error('HubSpot knows no notes.');
      return { id: made.id, at: new Date(made.createdAt) };
    },
    async findNote(contactId, tag, signal) {
      const ids = await noteIds(contactId, signal);
      // To the last one: nothing says that a newer note has a larger number, and "not there" must be sure.
      for (let from = 0; from < ids.length; from += BATCH) {
        const some = { results: ids.slice(from, from + BATCH).map((id) => ({ id })) };
        const notes = await records('notes', some, ['hs_note_body'], signal);
        const note = notes.find(({ properties }) => properties['hs_note_body']?.includes(tag));
        if (note) return { id: note.id, at: new Date(note.createdAt) };
      }
      return null;
    },
  };
}

/** A note is kept as HTML; what the rep wrote is text. */
const toHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(/\r?\n/gu, '<br>');
