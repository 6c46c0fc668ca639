import { z } from 'zod';

import { AppErrorException } from '../../../shared/errors/app-error.js';
import { readAnswer } from '../crm/crm-http.js';
import { askJson, type BusinessAnswer, type BusinessHttp } from '../http/ask-json.js';

export interface SalesforceOptions extends BusinessHttp {
  /** The company's My Domain: `https://example.my.salesforce.com`. */
  readonly baseUrl: string;
  /** Consumer key of an app with the client credentials flow; docs/connect/salesforce-crm.md. */
  readonly clientId: string;
  /** Its consumer secret, asked for at each sign-in. */
  readonly clientSecret: () => string;
}

/** The REST API of one Salesforce. */
export interface SalesforceApi {
  /** Rows of a SOQL query, at most what its LIMIT says. @throws CrmRefusal, AppErrorException BUSINESS_*. */
  query<T>(soql: string, schema: z.ZodType<T>, signal: AbortSignal): Promise<readonly T[]>;
  /** Makes a record. @returns its id. @throws CrmRefusal, AppErrorException BUSINESS_*. */
  create(kind: string, fields: object, signal: AbortSignal): Promise<string>;
}

const VERSION = 'v62.0';
const Token = z.object({ access_token: z.string().min(1) });
const Made = z.object({ id: z.string(), success: z.literal(true) });
/** Errors come as a list. */
const Said = z.array(z.object({ message: z.string() })).min(1);
const said = (value: unknown): string | null => Said.safeParse(value).data?.[0]?.message ?? null;

/** A text inside a SOQL query (Salesforce's “Quoted String Escape Sequences”). */
export const quoted = (text: string): string =>
  `'${text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll(/[\r\n]/gu, ' ')}'`;

/** Signs in when first needed and again when the session is over; the token lives in memory only, and goes to `baseUrl` alone. */
export function createSalesforceApi({
  baseUrl,
  clientId,
  clientSecret,
  ...http
}: SalesforceOptions): SalesforceApi {
  let token: string | null = null;

  async function signIn(signal: AbortSignal): Promise<string> {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      ...{ client_id: clientId, client_secret: clientSecret() },
    });
    const { status, value } = await askJson(
      http,
      {
        ...{ url: `${baseUrl}/services/oauth2/token`, method: 'POST', body: form.toString() },
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
      signal,
    );
    // A wrong key or secret is a 400 here.
    if (status === 400) throw new AppErrorException('BUSINESS_REFUSED', '400');
    if (status !== 200) throw new AppErrorException('BUSINESS_UNREACHABLE', String(status));
    const parsed = Token.safeParse(value);
    if (!parsed.success) throw new AppErrorException('BUSINESS_ANSWER_UNREADABLE', 'no token');
    return parsed.data.access_token;
  }

  async function ask(path: string, body: object | null, signal: AbortSignal): Promise<BusinessAnswer> {
    const once = async (): Promise<BusinessAnswer> => {
      token ??= await signIn(signal);
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const request = { url: `${baseUrl}/services/data/${VERSION}${path}`, headers };
      return askJson(
        http,
        body === null ? request : { ...request, method: 'POST', body: JSON.stringify(body) },
        signal,
      );
    };
    const isFirst = token === null;
    try {
      return await once();
    } catch (error) {
      // A session that ended asks for nothing but another one; nothing was done by the refused question.
      const isOver = error instanceof AppErrorException && error.error.detail === '401';
      token = isOver ? null : token;
      if (!isOver || isFirst) throw error;
      return once();
    }
  }

  return {
    async query(soql, schema, signal) {
      const answer = await ask(`/query?q=${encodeURIComponent(soql)}`, null, signal);
      return readAnswer(answer, z.object({ records: z.array(schema) }), said)?.records ?? [];
    },
    async create(kind, fields, signal) {
      const made = readAnswer(await ask(`/sobjects/${kind}`, fields, signal), Made, said);
      if (!made) throw new AppErrorException('BUSINESS_ANSWER_UNREADABLE', `it knows no ${kind}`);
      return made.id;
    },
  };
}
