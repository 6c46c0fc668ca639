import { createParser } from 'eventsource-parser';

import { HubEvent } from '../../shared/contracts/hub/events.js';

export interface FollowedEvents {
  readonly status: number;
  readonly headers: Headers;
  readonly events: HubEvent[];
  /** Resolves when the hub ends the stream, or it breaks. */
  readonly ended: Promise<void>;
  stop(): void;
}

/** Opens an event stream over the network; resolves when the hub has answered. */
export async function followEvents(hubUrl: string, accessToken: string): Promise<FollowedEvents> {
  const stopped = new AbortController();
  const answer = await fetch(new URL('/v1/events', hubUrl), {
    headers: { authorization: `Bearer ${accessToken}` },
    signal: stopped.signal,
  });
  const events: HubEvent[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => {
      const parsed = HubEvent.parse(JSON.parse(data));
      if (parsed.name !== event) throw new Error(`event ${String(event)} carries ${parsed.name}`);
      events.push(parsed);
    },
  });
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? [])
      parser.feed(decoder.decode(chunk as Uint8Array, { stream: true }));
  };
  return {
    status: answer.status,
    headers: answer.headers,
    events,
    ended: read().catch(() => undefined),
    stop: () => stopped.abort(),
  };
}
