import type { z } from 'zod';

import type { HelpdeskHttp } from '../helpdesk-http.js';
import { pageOf } from './answers.js';

export const API = '/services/data/v60.0';
/** Ids of one question; an address may have some sixteen thousand characters. */
const IDS = 200;

export interface Soql {
  /** All records of a query, page after page. */
  all<Record>(query: string, record: z.ZodType<Record>, signal: AbortSignal): Promise<Record[]>;
  /** Records below a record, those of its other pages too. */
  rest<Record>(
    first:
      | { readonly records: readonly Record[]; readonly nextRecordsUrl?: string | null | undefined }
      | null
      | undefined,
    record: z.ZodType<Record>,
    signal: AbortSignal,
  ): Promise<Record[]>;
  /** Records whose `field` is one of `ids`, with `condition` behind it. */
  among<Record>(
    select: string,
    field: string,
    ids: readonly string[],
    record: z.ZodType<Record>,
    signal: AbortSignal,
  ): Promise<Record[]>;
}

/** Queries of SOQL through `query` of the REST API, whose answers come in pages of two thousand records at most. */
export function createSoql(http: Pick<HelpdeskHttp, 'json'>): Soql {
  async function rest<Record>(
    first:
      | { readonly records: readonly Record[]; readonly nextRecordsUrl?: string | null | undefined }
      | null
      | undefined,
    record: z.ZodType<Record>,
    signal: AbortSignal,
  ): Promise<Record[]> {
    const records = [...(first?.records ?? [])];
    let next = first?.nextRecordsUrl ?? '';
    // A path of this interface and nothing else: it goes out with the token.
    while (/^\/services\/data\/v[\d.]+\/query\/[\w-]+$/u.test(next)) {
      const { body } = await http.json(next, pageOf(record), {}, signal);
      records.push(...body.records);
      next = body.nextRecordsUrl ?? '';
    }
    return records;
  }

  async function all<Record>(
    query: string,
    record: z.ZodType<Record>,
    signal: AbortSignal,
  ): Promise<Record[]> {
    const { body } = await http.json(`${API}/query`, pageOf(record), { query: { q: query } }, signal);
    return rest(body, record, signal);
  }

  return {
    all,
    rest,
    async among(select, field, ids, record, signal) {
      const found = [];
      for (let at = 0; at < ids.length; at += IDS) {
        const list = ids.slice(at, at + IDS).map((id) => `'${id.replace(/[^A-Za-z0-9]/gu, '')}'`);
        found.push(...(await all(`${select} WHERE ${field} IN (${list.join(',')})`, record, signal)));
      }
      return found;
    },
  };
}
