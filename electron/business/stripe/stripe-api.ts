import type { Stripe } from 'stripe';
import type { z } from 'zod';

import { AppErrorException } from '../../../shared/errors/app-error.js';
import { deadline, isTimeUp } from '../../deadline.js';
import type { BusinessHttp } from '../http/ask-json.js';

export interface StripeOptions extends BusinessHttp {
  /** `https://api.stripe.com`. */
  readonly baseUrl: string;
  /** A restricted key; docs/connect/stripe.md names its permissions. Asked for at each question. */
  readonly key: () => string;
}

/** Stripe said no, and nothing happened. `code` is Stripe's own (`charge_already_refunded`), the message is for the rep. */
export class StripeRefusal extends Error {
  override readonly name = 'StripeRefusal';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** One Stripe account. */
export interface StripeApi {
  /**
   * Asks one question with the SDK, and gives what of its answer `schema` names.
   * @throws StripeRefusal when Stripe says no (400, 402, 404); AppErrorException BUSINESS_* otherwise, which says nothing of whether a change was made.
   */
  ask<T>(
    question: (stripe: Stripe) => Promise<unknown>,
    schema: z.ZodType<T>,
    signal: AbortSignal,
  ): Promise<T>;
}

type Sdk = typeof import('stripe');

/** What the SDK's types and our schemas are for; a newer one of the account changes nothing here. */
const API_VERSION = '2026-10-28.endive';
const REFUSALS: ReadonlySet<number> = new Set([400, 402, 404]);

/** Asks through the official SDK. It retries nothing by itself, measures nothing, and says nothing of this computer. */
export function createStripeApi({ baseUrl, key, fetch: send, timeoutMs }: StripeOptions): StripeApi {
  const { hostname, port, protocol } = new URL(baseUrl);

  /** A client for one question, so that a renewed key and the caller's end count at once. */
  function client({ Stripe: Client }: Sdk, signal: AbortSignal): Stripe {
    const once: typeof fetch = (url, init) => {
      const headers = new Headers(init?.headers);
      // Names the operating system and its version, which are none of Stripe's business.
      headers.delete('x-stripe-client-user-agent');
      return send(url, { ...init, headers, redirect: 'manual', signal });
    };
    const isOpen = protocol === 'http:';
    return new Client(key() || 'none', {
      ...{ apiVersion: API_VERSION, httpClient: Client.createFetchHttpClient(once), telemetry: false },
      ...{ maxNetworkRetries: 0, timeout: timeoutMs, host: hostname, protocol: isOpen ? 'http' : 'https' },
      port: port === '' ? (isOpen ? '80' : '443') : port,
    });
  }

  return {
    async ask(question, schema, signal) {
      // Only a team that has Stripe pays for its package.
      const sdk = await import('stripe');
      const limit = deadline(timeoutMs, signal);
      let answer: unknown;
      try {
        answer = await question(client(sdk, limit.signal));
      } catch (error) {
        signal.throwIfAborted();
        throw isTimeUp(limit.signal)
          ? new AppErrorException('BUSINESS_UNREACHABLE', `no answer in ${String(timeoutMs / 1000)} s`)
          : understood(error, sdk);
      } finally {
        limit.clear();
      }
      const parsed = schema.safeParse(answer);
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      throw new AppErrorException(
        'BUSINESS_ANSWER_UNREADABLE',
        issue ? `${issue.path.join('.')}: ${issue.message}` : '',
      );
    },
  };
}

/** Stripe's sentences may name the key in part, so of everything but a refusal only the code is kept. */
function understood(error: unknown, { Stripe: { errors } }: Sdk): unknown {
  if (!(error instanceof errors.StripeError)) return error;
  const status = error.statusCode ?? 0;
  const code = error.code ?? error.type;
  if (error instanceof errors.StripeAuthenticationError) return failure('BUSINESS_REFUSED', '401');
  if (error instanceof errors.StripePermissionError) return failure('BUSINESS_REFUSED', '403');
  const isNo =
    error instanceof errors.StripeInvalidRequestError ||
    error instanceof errors.StripeCardError;
  if (isNo && REFUSALS.has(status)) return new StripeRefusal(code, error.message.slice(0, 300));
  if (error instanceof errors.StripeConnectionError || status >= 429)
    return failure('BUSINESS_UNREACHABLE', status === 0 ? 'no connection' : String(status));
  return failure('BUSINESS_ANSWER_UNREADABLE', code);
}

const failure = (
  code: 'BUSINESS_REFUSED' | 'BUSINESS_UNREACHABLE' | 'BUSINESS_ANSWER_UNREADABLE',
  why: string,
) => new AppErrorException(code, why);
