import type { ToolCustomer } from '../../agents/tools/tool.js';
import { filled } from '../declared/declared-argument.js';
import { plainText } from '../declared/plain-text.js';
import { createSchemaCheck, type SchemaCheck } from '../declared/schema-check.js';
import { partsOf, requestOf, type ApiRequest } from './api-request.js';
import { signedIn } from './api-sign-in.js';
import type { PreparedApi, PreparedOperation } from './prepared-api.js';
import { sendRequest, type ApiAnswer } from './send-request.js';

export interface ApiCallerOptions {
  readonly baseUrl: string;
  readonly user: string;
  readonly secret: () => string;
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
}

/** Where the number of a change goes. */
export interface ChangeKey {
  readonly place: string;
  readonly value: string;
}

/** Makes calls of prepared operations. */
export interface ApiCaller {
  /** The call with these arguments, or why there is none: an argument the conversation does not have, or one that does not fit the description. */
  build(
    operation: PreparedOperation,
    input: Readonly<Record<string, string>>,
    customer: ToolCustomer,
    key?: ChangeKey,
  ): Promise<ApiRequest | { readonly problem: string }>;
  /** @throws as {@link sendRequest}. */
  send(operation: PreparedOperation, request: ApiRequest, signal: AbortSignal): Promise<ApiAnswer>;
}

export function createApiCaller({ components }: PreparedApi, options: ApiCallerOptions): ApiCaller {
  const { baseUrl, user, secret, fetch, timeoutMs } = options;
  const checks = new Map<string, Promise<SchemaCheck>>();
  const checkOf = ({ name, schema }: PreparedOperation): Promise<SchemaCheck> => {
    const known = checks.get(name) ?? createSchemaCheck({ ...schema, components });
    checks.set(name, known);
    return known;
  };
  return {
    async build(operation, input, customer, key) {
      const values = filled(operation.arguments, input, customer);
      if (!values) return { problem: 'The customer of this conversation has no known address or name.' };
      const parts = partsOf(operation, values, key ?? null);
      if ('problem' in parts) return { problem: `${parts.problem}.` };
      const unfit = (await checkOf(operation))(parts);
      if (unfit !== null) return { problem: `It does not fit the description: ${plainText(unfit, 200)}.` };
      const request = requestOf(operation, parts, baseUrl);
      return 'problem' in request ? { problem: `${request.problem}.` } : request;
    },
    send: (operation, request, signal) =>
      sendRequest(
        { fetch, timeoutMs },
        { ...request, headers: { ...request.headers, ...signedIn(operation.signIn, user, secret()) } },
        signal,
      ),
  };
}
