import type { BusinessSystem } from '../../../shared/domain/business-system.js';
import type { ConnectedSystem } from '../connected-system.js';
import { createFactPrinter } from '../declared/declared-fact.js';
import { createApiCaller } from './api-caller.js';
import { createApiChange, TIME_LIMIT_MS } from './api-change.js';
import { createApiLookUp } from './api-look-up.js';
import { PreparedApi, prepareApi } from './prepared-api.js';
import { sendRequest } from './send-request.js';

/** A look-up holds a card. */
const TIMEOUT_MS = 8_000;
const NOTHING: PreparedApi = { operations: [], components: {} };

/** A REST service behind operations of its OpenAPI description that an operator chose; docs/connect/openapi.md. */
export function connectOpenApi(
  { name: system, baseUrl, options }: BusinessSystem,
  secret: () => string,
  fetch: typeof globalThis.fetch,
): ConnectedSystem {
  const api = preparedOf(options['prepared']);
  const reached = { baseUrl, user: options['user'] ?? '', secret, fetch };
  const caller = createApiCaller(api, { ...reached, timeoutMs: TIMEOUT_MS });
  // A change that is given up early is made all the same, and only its end is not known.
  const changing = createApiCaller(api, { ...reached, timeoutMs: TIME_LIMIT_MS });
  const prepare = (): Promise<PreparedApi> =>
    prepareApi(options['description'] ?? '', options['operations'] ?? '');
  const isRead = ({ method }: { readonly method: string }): boolean => method === 'GET';

  /** Tries the sign-in with the first look-up that needs nothing of a customer's words. @throws AppErrorException BUSINESS_*. */
  async function askOne(fresh: PreparedApi, signal: AbortSignal): Promise<string> {
    const trying = createApiCaller(fresh, { ...reached, timeoutMs: TIMEOUT_MS });
    for (const one of fresh.operations.filter(isRead)) {
      const request = await trying.build(one, {}, NOBODY);
      if ('problem' in request) continue;
      await trying.send(one, request, signal);
      return `The address answers, and takes the sign-in: “${one.title}” was asked, for nobody.`;
    }
    return 'The address answers. The sign-in is tried by the first look-up.';
  }

  return {
    shop: null,
    tools({ profile, now }) {
      const print = createFactPrinter({ currency: profile.currency, timezone: profile.timezone, now });
      return api.operations.filter(isRead).map((one) => createApiLookUp(one, { system, caller, print }));
    },
    writeTools({ profile, now }) {
      const { currency, timezone } = profile;
      const print = createFactPrinter({ currency, timezone, now });
      return api.operations
        .filter((one) => !isRead(one))
        .map((one) => createApiChange(one, api.operations, { system, caller: changing, print, currency }));
    },
    async check(signal) {
      const fresh = await prepare();
      const request = { method: 'GET', url: `${baseUrl}/`, headers: {}, body: null } as const;
      await sendRequest({ fetch, timeoutMs: TIMEOUT_MS }, request, signal).catch(unlessAnswered);
      const asked = await askOne(fresh, signal);
      const list = fresh.operations.map(
        (one) =>
          `${one.title}: ${one.method} ${baseUrl}${one.path} (${isRead(one) ? 'look-up' : 'change, after your approval'})`,
      );
      return { notes: [asked, ...list] };
    },
    async discover() {
      return { prepared: JSON.stringify(await prepare()) };
    },
    close: () => Promise.resolve(),
  };
}

/** Nobody's: what a look-up is tried with, so that no customer is looked up for a test. */
const NOBODY = { name: 'Nobody', email: 'nobody@example.invalid' };

/** A page that is forbidden, or leads elsewhere, is an answer too. */
function unlessAnswered(error: unknown): void {
  const code = (error as { readonly error?: { readonly code?: string } }).error?.code;
  if (code !== 'BUSINESS_REFUSED' && code !== 'BUSINESS_ANSWER_UNREADABLE') throw error;
}

/** What an older or newer Cuecard prepared is made anew when the system is saved. */
function preparedOf(text: string | undefined): PreparedApi {
  if (text === undefined) return NOTHING;
  try {
    return PreparedApi.parse(JSON.parse(text));
  } catch {
    return NOTHING;
  }
}
