import { z } from 'zod';

import { AppErrorException } from '../../../shared/errors/app-error.js';
import { askJson, type BusinessHttp } from '../http/ask-json.js';

export interface VendureOptions extends BusinessHttp {
  /** Without a path: `https://shop.example.com`. */
  readonly baseUrl: string;
  /** An administrator of the shop; docs/connect/vendure.md names the permissions. */
  readonly user: string;
  /** Asked for at each sign-in. */
  readonly password: () => string;
}

/** Vendure said no: an error result of a mutation. `code` is Vendure's own (`REFUND_AMOUNT_ERROR`). */
export class VendureRefusal extends Error {
  override readonly name = 'VendureRefusal';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The Admin API of one shop. */
export interface VendureApi {
  /**
   * Asks a query or a mutation with one field at its root, and gives that field's value.
   * @throws VendureRefusal when the field is an error result; AppErrorException BUSINESS_* otherwise.
   */
  ask<T>(query: string, variables: object, schema: z.ZodType<T>, signal: AbortSignal): Promise<T>;
}

const Answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).partial().optional() }))
    .optional(),
});
const ErrorResult = z.object({ errorCode: z.string(), message: z.string().default('') });
const LOGIN =
  'mutation Login($user: String!, $password: String!) { login(username: $user, password: $password) { __typename ... on ErrorResult { errorCode message } } }';

/** Signs in when first needed and again when the session is over; the token lives in memory only. */
export function createVendureApi({ baseUrl, user, password, ...http }: VendureOptions): VendureApi {
  const url = `${baseUrl}/admin-api`;
  let token: string | null = null;
  let signingIn: Promise<void> | null = null;

  async function post(query: string, variables: object, signal: AbortSignal) {
    const { value, headers } = await askJson(
      http,
      {
        ...{ url, method: 'POST', body: JSON.stringify({ query, variables }) },
        headers: {
          'content-type': 'application/json',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
      },
      signal,
    );
    const parsed = Answer.safeParse(value);
    if (!parsed.success) throw new AppErrorException('BUSINESS_ANSWER_UNREADABLE', 'no GraphQL answer');
    return { ...parsed.data, token: headers.get('vendure-auth-token') };
  }

  async function signIn(signal: AbortSignal): Promise<void> {
    token = null;
    const answer = await post(LOGIN, { user, password: password() }, signal);
    const login = ErrorResult.safeParse(answer.data?.['login']);
    if (login.success || answer.errors || answer.token === null)
      throw new AppErrorException('BUSINESS_REFUSED', login.success ? login.data.errorCode : 'no session');
    token = answer.token;
  }

  /** One sign-in for all who wait for it; an abort of one leaves the others theirs. */
  async function signedIn(signal: AbortSignal): Promise<void> {
    signingIn ??= signIn(new AbortController().signal).finally(() => (signingIn = null));
    await signingIn;
    signal.throwIfAborted();
  }

  return {
    async ask(query, variables, schema, signal) {
      if (token === null) await signedIn(signal);
      let answer = await post(query, variables, signal);
      // A session that ended asks for nothing but another one; nothing was done by the refused question.
      if (isForbidden(answer.errors)) {
        await signedIn(signal);
        answer = await post(query, variables, signal);
      }
      if (isForbidden(answer.errors)) throw new AppErrorException('BUSINESS_REFUSED', 'FORBIDDEN');
      const [first] = answer.errors ?? [];
      if (first) throw new AppErrorException('BUSINESS_ANSWER_UNREADABLE', first.message.slice(0, 200));
      const value = Object.values(answer.data ?? {})[0];
      const refusal = ErrorResult.safeParse(value);
      if (refusal.success) throw new VendureRefusal(refusal.data.errorCode, refusal.data.message);
      const parsed = schema.safeParse(value);
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      throw new AppErrorException(
        'BUSINESS_ANSWER_UNREADABLE',
        issue ? `${issue.path.join('.')}: ${issue.message}` : '',
      );
    },
  };
}

const isForbidden = (errors: z.infer<typeof Answer>['errors']): boolean =>
  errors?.some(({ extensions }) => extensions?.code === 'FORBIDDEN') ?? false;
