import { z } from 'zod';

import { HUB_HEADER } from '../../shared/contracts/hub/define-endpoint.js';
import { AppError, AppErrorException } from '../../shared/errors/app-error.js';

/** Node's words for what is wrong with a connection, in ours. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'the name is not known',
  EAI_AGAIN: 'names cannot be looked up',
  EHOSTUNREACH: 'no way to that machine',
  ENETUNREACH: 'no network',
  ETIMEDOUT: 'no answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'no answer in time',
  UND_ERR_SOCKET: 'the connection was cut',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by nobody this machine trusts',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by nobody this machine trusts',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by nobody this machine trusts',
  'bad port': 'no hub can be at a port that is reserved for something else',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

/** What a failed fetch means. The caller's own cancelling is passed on as it is. */
export function connectionFailed(cause: unknown, signal?: AbortSignal): unknown {
  if (signal?.aborted || cause instanceof AppErrorException) return cause;
  if (cause instanceof Error && cause.name === 'TimeoutError')
    return new AppErrorException('HUB_UNREACHABLE', 'no answer in time', { cause });
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  // The only word fetch has for a port it never connects to.
  const isBadPort = inner instanceof Error && inner.message === 'bad port';
  const code = isBadPort ? 'bad port' : ((inner as NodeJS.ErrnoException | undefined)?.code ?? '');
  return new AppErrorException('HUB_UNREACHABLE', REASONS[code] ?? (code || 'the connection was cut'), {
    cause,
  });
}

const Failure = z.object({ error: AppError });

/** A hub asks for seconds; what a broken clock or proxy asks for is not followed beyond this, and would be too long for a timer. */
const LONGEST_BUSY_MS = 60 * 60_000;

/** The hub refused for now and says how long it wants to be left alone. */
export class HubBusy extends AppErrorException {
  /** An hour at most. */
  readonly retryAfterMs: number;

  constructor(error: AppError, retryAfterMs: number) {
    super(error.code, error.detail);
    this.retryAfterMs = Math.min(LONGEST_BUSY_MS, retryAfterMs);
  }
}

/**
 * Lets an answer of a hub pass.
 * @throws AppErrorException HUB_NOT_A_HUB for a page of somebody else (a captive portal, a proxy, a redirect), else what the hub says.
 */
export async function hubAnswer(response: Response): Promise<Response> {
  const isHub = response.headers.get(HUB_HEADER) !== null;
  if (isHub && response.ok) return response;
  if (!isHub) {
    await response.body?.cancel().catch(() => undefined);
    throw new AppErrorException('HUB_NOT_A_HUB', describe(response));
  }
  const parsed = Failure.safeParse(await response.json().catch(() => null));
  if (!parsed.success) throw new AppErrorException('HUB_INTERNAL', `status ${String(response.status)}`);
  const seconds = Number(response.headers.get('retry-after'));
  if (seconds > 0) throw new HubBusy(parsed.data.error, seconds * 1000);
  throw new AppErrorException(parsed.data.error.code, parsed.data.error.detail);
}

function describe({ status, headers }: Response): string {
  if (status >= 300 && status < 400) return `it sends elsewhere (${String(status)})`;
  return `status ${String(status)}, ${headers.get('content-type')?.split(';')[0] ?? 'no type'}`;
}
