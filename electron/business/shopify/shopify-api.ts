import { z } from 'zod';

import { AppErrorException } from '../../../shared/errors/app-error.js';
import { askJson, type BusinessHttp } from '../http/ask-json.js';

export interface ShopifyOptions extends BusinessHttp {
  /** Without a path: `https://shop.myshopify.com`. */
  readonly baseUrl: string;
  /** The Admin API access token of a custom app; docs/connect/shopify.md names its scopes. Asked for at each question. */
  readonly token: () => string;
}

/** Shopify said no, and nothing happened. The message is Shopify's own, for the rep. */
export class ShopifyRefusal extends Error {
  override readonly name = 'ShopifyRefusal';
}

/** The Admin API of one shop. */
export interface ShopifyApi {
  /**
   * Asks a query or a mutation with one field at its root, and gives that field's value.
   * @throws ShopifyRefusal when the field holds user errors, or a change does not fit the schema; AppErrorException BUSINESS_* otherwise.
   */
  ask<T>(query: string, variables: object, schema: z.ZodType<T>, signal: AbortSignal): Promise<T>;
}

/** Shopify answers by this version until October 2027 at least; then by the oldest it still has. From 2026-04 on a refund must carry its key. */
export const SHOPIFY_VERSION = '2026-10';

const Answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).partial().optional() }))
    .optional(),
});
const UserError = z.object({ message: z.string(), code: z.string().nullish() });
const WithErrors = z.object({
  userErrors: z.array(UserError).optional(),
  orderCancelUserErrors: z.array(UserError).optional(),
});

export function createShopifyApi({ baseUrl, token, ...http }: ShopifyOptions): ShopifyApi {
  const url = `${baseUrl}/admin/api/${SHOPIFY_VERSION}/graphql.json`;
  return {
    async ask(query, variables, schema, signal) {
      const body = JSON.stringify({ query, variables });
      const headers = { 'content-type': 'application/json', 'x-shopify-access-token': token() };
      const { status, value } = await askJson(http, { url, method: 'POST', headers, body }, signal);
      if (status === 429 || status >= 500)
        throw new AppErrorException('BUSINESS_UNREACHABLE', String(status));
      const answer = Answer.safeParse(value);
      if (status !== 200 || !answer.success)
        throw new AppErrorException('BUSINESS_ANSWER_UNREADABLE', `no GraphQL answer (${String(status)})`);
      const { data, errors: [first] = [] } = answer.data;
      // What is sent with a change is looked at before anything is done.
      if (first && !data && query.startsWith('mutation') && /^Variable "?\$/u.test(first.message))
        throw new ShopifyRefusal(first.message.slice(0, 300));
      if (first) throw topLevel(first.extensions?.code ?? '', first.message);
      const field = Object.values(data ?? {})[0];
      const said = WithErrors.safeParse(field);
      const [no] = said.success
        ? [...(said.data.orderCancelUserErrors ?? []), ...(said.data.userErrors ?? [])]
        : [];
      if (no) throw refusal(no);
      const parsed = schema.safeParse(field);
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      throw new AppErrorException(
        'BUSINESS_ANSWER_UNREADABLE',
        issue ? `${issue.path.join('.')}: ${issue.message}` : '',
      );
    },
  };
}

function topLevel(code: string, message: string): AppErrorException {
  if (code === 'ACCESS_DENIED') return new AppErrorException('BUSINESS_REFUSED', code);
  if (code === 'THROTTLED' || code === 'INTERNAL_SERVER_ERROR')
    return new AppErrorException('BUSINESS_UNREACHABLE', code);
  return new AppErrorException('BUSINESS_ANSWER_UNREADABLE', message.slice(0, 200));
}

/** What is said of the key (`IDEMPOTENCY_CONCURRENT_REQUEST`) leaves open whether the change was made: that is no refusal. */
function refusal({ message, code }: z.infer<typeof UserError>): Error {
  return /idempoten/iu.test(`${code ?? ''} ${message}`)
    ? new AppErrorException('BUSINESS_UNREACHABLE', code ?? 'idempotency')
    : new ShopifyRefusal(message.slice(0, 300));
}
