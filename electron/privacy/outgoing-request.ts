/** A request as it will be sent, its body as bytes. */
export interface OutgoingRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer> | null;
  /** What else `fetch` was given; goes on unchanged. */
  readonly init: RequestInit;
}

/**
 * Reads what `fetch` was asked for, so that the bytes that are written down are the very bytes that are sent.
 * Takes what is sent by the packages we use: text, bytes, blobs, forms and streams (which are read to their end first).
 */
export async function outgoingRequest(
  input: string | URL | Request,
  init: RequestInit = {},
): Promise<OutgoingRequest> {
  const request = input instanceof Request ? input : null;
  const url = new URL(input instanceof Request ? input.url : input);
  const headers = new Headers(init.headers ?? request?.headers);
  const body = init.body ?? request?.body ?? null;
  const bytes = body === null ? null : await bytesOf(body, headers);
  const signal = init.signal ?? request?.signal;
  return {
    ...{ url, headers, body: bytes },
    method: (init.method ?? request?.method ?? 'GET').toUpperCase(),
    init: { ...init, ...(signal && { signal }) },
  };
}

async function bytesOf(
  body: NonNullable<RequestInit['body']>,
  headers: Headers,
): Promise<Uint8Array<ArrayBuffer>> {
  // As `fetch` itself would: the form of the body names its type unless a header does.
  const carrier = new Response(body);
  const type = carrier.headers.get('content-type');
  if (type !== null && !headers.has('content-type')) headers.set('content-type', type);
  return new Uint8Array(await carrier.arrayBuffer());
}
