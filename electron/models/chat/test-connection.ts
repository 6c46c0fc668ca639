import type { ModelFailureCode } from '../../../shared/domain/model-run.js';
import type { ConnectionTrial, ModelConnection } from '../../../shared/domain/model-settings.js';
import { AppErrorException, type ErrorCode } from '../../../shared/errors/app-error.js';
import type { ConnectionSecrets } from '../key-vault.js';
import type { EgressLedger } from '../outbound-port.js';
import { deadline, isTimeUp } from '../../deadline.js';
import { attempt, type AttemptResult } from './attempt.js';
import { isRedirect } from './classify-failure.js';
import { costMicros } from './cost.js';
import { providers } from './providers.js';
import { isSendable } from './sendable-key.js';
import { estimateTokens } from './tokenizer.js';

/** A local service may first have to load its model. */
const PATIENCE_MS = 30_000;
/** Enough for a model that thinks before it answers. */
const MOST_TOKENS = 400;
const QUESTION = 'This is a test of the connection. Answer with the one word "ready".';

export interface TestConnectionOptions {
  readonly connection: ModelConnection;
  readonly model: string;
  readonly secrets: ConnectionSecrets;
  readonly ledger: EgressLedger;
  readonly signal?: AbortSignal;
}

/**
 * Asks a model one word, holding nothing of any customer, and says exactly what failed.
 * @throws AppErrorException with one of the codes of shared/errors/model-errors, the detail naming the host and what it said.
 */
export async function testConnection(options: TestConnectionOptions): Promise<ConnectionTrial> {
  const { connection, model, secrets, ledger } = options;
  if (connection.needsKey && secrets.key === null)
    throw new AppErrorException('MODEL_KEY_MISSING', connection.keyVariable ?? hostOf(connection));
  if (!isSendable(secrets.key))
    throw new AppErrorException(
      'MODEL_KEY_NOT_ACCEPTED',
      `${hostOf(connection)}: the key holds a character that no key has, such as a quotation mark or a hidden one`,
    );
  const startedAt = performance.now();
  const pieces: number[] = [];
  const limit = deadline(PATIENCE_MS, options.signal);
  const result = await attempt({
    providers,
    request: {
      ...{ connection, model, secrets, temperature: null },
      turns: [{ role: 'user', text: QUESTION }],
      ...{ maxOutputTokens: MOST_TOKENS, usesCompletionLimit: false, shape: { kind: 'text' } },
    },
    fetch: ledger.fetchFor({
      kind: 'connection_test',
      ...{ task: null, runId: null, conversationId: null, replaced: {} },
    }),
    signal: limit.signal,
    ...{ firstPieceMs: null, language: null, isProse: true, now: () => new Date() },
    onPiece: () => void pieces.push(performance.now() - startedAt),
  });
  limit.clear();
  if (result.failure !== null) throw explain(result, options, isTimeUp(limit.signal));
  const durationMs = performance.now() - startedAt;
  const used = result.usage ?? {
    inputTokens: estimateTokens(QUESTION),
    outputTokens: estimateTokens(result.text),
  };
  return {
    firstPieceMs: pieces[0] ?? durationMs,
    durationMs,
    ...used,
    costMicros: costMicros(model, used),
  };
}

const CODES: Partial<Record<ModelFailureCode, ErrorCode>> = {
  MODEL_KEY_REFUSED: 'MODEL_KEY_NOT_ACCEPTED',
  MODEL_QUOTA_USED_UP: 'MODEL_NO_QUOTA',
  MODEL_BUSY: 'MODEL_SERVICE_BUSY',
  MODEL_TIME_LIMIT: 'MODEL_TOO_SLOW',
  MODEL_REQUEST_REFUSED: 'MODEL_REQUEST_NOT_TAKEN',
  MODEL_TOO_LONG: 'MODEL_REQUEST_NOT_TAKEN',
};

function explain(
  { failure, wire }: AttemptResult,
  { connection, secrets, signal }: TestConnectionOptions,
  isLate: boolean,
): AppErrorException {
  const host = hostOf(connection);
  const said = (code: ErrorCode, what: string): AppErrorException =>
    new AppErrorException(code, what === '' ? host : `${host}: ${withoutSecrets(what, secrets)}`);
  if (signal?.aborted === true) return new AppErrorException('SUGGESTION_CANCELLED');
  if (isLate) return said('MODEL_TOO_SLOW', `nothing within ${String(PATIENCE_MS / 1000)} s`);
  if (isRedirect(wire)) return said('MODEL_REDIRECTED', '');
  if (failure === 'MODEL_UNREACHABLE') return said(...unreachable(wire.cause));
  const { status, errorBody, contentType } = wire;
  const told = `HTTP ${String(status)} ${messageIn(errorBody)}`.trim();
  const isPage = contentType !== '' && !/json|event-stream/i.test(contentType);
  if (failure === 'MODEL_NOT_FOUND')
    return said(
      /model|deployment/i.test(messageIn(errorBody)) ? 'MODEL_NAME_UNKNOWN' : 'MODEL_PATH_UNKNOWN',
      told,
    );
  if (isPage && (status === null || status < 400)) return said('MODEL_OTHER_PROTOCOL', contentType);
  // One answer in a whole where a stream was asked for.
  if (failure === 'MODEL_REQUEST_REFUSED' && status !== null && status < 400)
    return /"?(choices|candidates)/.test(wire.tail)
      ? said('MODEL_ANSWERS_BADLY', 'it does not stream')
      : said('MODEL_OTHER_PROTOCOL', contentType);
  const code = failure === null ? undefined : CODES[failure];
  if (code !== undefined) return said(code, told);
  // It ended well for the network and brought nothing that could be read as an answer.
  return failure === 'MODEL_CUT_OFF' && !/"?(choices|delta|candidates|content)/.test(wire.tail)
    ? said('MODEL_OTHER_PROTOCOL', contentType)
    : said('MODEL_ANSWERS_BADLY', '');
}

const NETWORK: readonly (readonly [RegExp, ErrorCode])[] = [
  [/^(ENOTFOUND|EAI_AGAIN|EAI_NONAME)$/, 'MODEL_HOST_UNKNOWN'],
  [/^ECONNREFUSED$/, 'MODEL_NOTHING_LISTENS'],
  [/CERT|SELF_SIGNED|^ERR_TLS|^ERR_SSL|EPROTO|UNABLE_TO_VERIFY|WRONG_VERSION/, 'MODEL_CERTIFICATE_REFUSED'],
];

/** `fetch` hides the reason within its error, once or several times. */
function unreachable(cause: unknown): [ErrorCode, string] {
  for (let inner = cause; inner instanceof Error; inner = inner.cause) {
    const inside = inner instanceof AggregateError ? (inner.errors as unknown[])[0] : inner;
    const { code } = inside as NodeJS.ErrnoException;
    if (typeof code !== 'string') continue;
    const found = NETWORK.find(([pattern]) => pattern.test(code));
    return [found?.[1] ?? 'MODEL_NO_CONNECTION', code];
  }
  return ['MODEL_NO_CONNECTION', ''];
}

const hostOf = ({ baseUrl }: ModelConnection): string => new URL(baseUrl).host;

/** What the service says, of the question above alone; at most 200 characters. */
function messageIn(body: string): string {
  const message =
    /"message"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(body)?.[1] ??
    /"error"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(body)?.[1];
  return (message ?? '').replace(/\\["n]/g, ' ').slice(0, 200);
}

/** Some services repeat the key they refuse. */
const withoutSecrets = (text: string, { key, header }: ConnectionSecrets): string =>
  [key, header]
    .filter((secret) => secret !== null && secret.length > 3)
    .reduce<string>((hidden, secret) => hidden.replaceAll(secret ?? '', '(key)'), text);
