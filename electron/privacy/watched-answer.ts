/** How the body of an answer ended. */
export interface AnswerEnd {
  readonly bytes: number;
  /** Null when it came whole. */
  readonly failure: string | null;
}

/**
 * The same answer, whose body passes piece by piece and untouched; `onEnd` is told once, when it has come whole, has broken off, or nobody
 * wants the rest.
 */
export function watchedAnswer(answer: Response, onEnd: (end: AnswerEnd) => void): Response {
  const { body, status, statusText, headers, url } = answer;
  let bytes = 0;
  let isOver = false;
  const over = (failure: string | null): void => {
    if (isOver) return;
    isOver = true;
    onEnd({ bytes, failure });
  };
  if (!body) {
    over(null);
    return answer;
  }
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const passing = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) {
            over(null);
            controller.close();
            return;
          }
          bytes += value.byteLength;
          controller.enqueue(value);
        } catch (cause) {
          over(failureOf(cause));
          throw cause;
        }
      },
      cancel(reason) {
        over('cancelled');
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  const watched = new Response(passing, { status, statusText, headers });
  // A response that is made has no address of its own; some packages look at it.
  Object.defineProperty(watched, 'url', { value: url });
  return watched;
}

/** A failure in few words, without what was sent: the name of the error and the code of its cause. */
export function failureOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'failed';
  if (cause.name === 'AbortError') return 'cancelled';
  if (cause.name === 'TimeoutError') return 'time limit';
  const code = cause.cause instanceof Error && 'code' in cause.cause ? String(cause.cause.code) : null;
  return code ?? cause.name;
}
