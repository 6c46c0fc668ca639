/** What one attempt's requests met on the network; the same for every provider, whatever its package makes of it. */
export interface WireRecord {
  requests: number;
  /** Of the newest answer; null when none came. */
  status: number | null;
  headers: Headers | null;
  /** The body of an answer that was no success, at most {@link ERROR_BODY_LIMIT} characters. May repeat what was sent: never logged, never shown. */
  errorBody: string;
  contentType: string;
  /** The newest thing `fetch` threw before there was an answer. */
  cause: unknown;
  /** The end of a successful body, for what a package leaves out (why Google stopped without text). */
  tail: string;
}

const ERROR_BODY_LIMIT = 16_384;
const TAIL_LIMIT = 2048;

/**
 * Wraps the ledger's `fetch` for one attempt: no redirect is followed (a key and a conversation go to the address that
 * was chosen and nowhere else), the attempt's signal closes the socket even where a package would read on, and what
 * came back is recorded.
 */
export function createWire(
  outbound: typeof fetch,
  signal: AbortSignal,
): { readonly fetch: typeof fetch; readonly record: WireRecord } {
  const record: WireRecord = {
    ...{ requests: 0, status: null, headers: null, errorBody: '', contentType: '', tail: '' },
    cause: null,
  };
  const wired: typeof fetch = async (input, init) => {
    record.requests += 1;
    record.status = null;
    const signals = init?.signal ? AbortSignal.any([signal, init.signal]) : signal;
    try {
      const response = await outbound(input, { ...init, redirect: 'error', signal: signals });
      record.status = response.status;
      record.headers = response.headers;
      record.contentType = response.headers.get('content-type') ?? '';
      const { status, statusText, headers } = response;
      if (!response.ok) {
        record.errorBody = await beginningOf(response.body);
        return new Response(record.errorBody, { status, statusText, headers: withoutLength(headers) });
      }
      return new Response(response.body && keepTail(response.body, record), {
        status,
        statusText,
        headers: withoutLength(headers),
      });
    } catch (cause) {
      record.cause = cause;
      throw cause;
    }
  };
  return { fetch: wired, record };
}

/** The first characters of a body; the rest is not read, whatever its length. */
async function beginningOf(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  // Leaving the loop closes the socket.
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= ERROR_BODY_LIMIT) break;
  }
  return text.slice(0, ERROR_BODY_LIMIT);
}

/** `fetch` has unpacked the body already. */
function withoutLength(headers: Headers): Headers {
  const kept = new Headers(headers);
  kept.delete('content-length');
  kept.delete('content-encoding');
  return kept;
}

function keepTail(body: ReadableStream<Uint8Array>, record: WireRecord): ReadableStream<Uint8Array> {
  const decoder = new TextDecoder();
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        record.tail = (record.tail + decoder.decode(chunk, { stream: true })).slice(-TAIL_LIMIT);
        controller.enqueue(chunk);
      },
    }),
  );
}
