import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

import type { HubDatabase } from '../storage/hub-database.js';

/** What areas count; the rest is counted around them. */
export interface AreaMetrics {
  feedback(outcome: 'stored' | 'repeated' | 'refused', events: number): void;
  segmentBytes(direction: 'received' | 'sent', bytes: number): void;
}

export interface HubMetrics extends AreaMetrics {
  request(endpoint: string, status: number, seconds: number): void;
  /** Prometheus text format, and its content type. */
  text(): Promise<{ body: string; contentType: string }>;
}

/** Measured in seconds: most answers take milliseconds, a large publish may take half a minute. */
const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 30];

/** The figures of one copy of the hub; docs/hub.md says what to watch. */
export function createMetrics(database: HubDatabase, streams: { readonly count: number }): HubMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'cuecard_hub_request_duration_seconds',
    help: 'Requests by endpoint and status, from the first byte to the end of the answer. Event streams are not in it.',
    labelNames: ['endpoint', 'status'],
    buckets: BUCKETS,
    registers,
  });
  const feedback = new Counter({
    name: 'cuecard_hub_feedback_events_total',
    help: 'Feedback events that arrived: stored, repeated (there already) or refused for good.',
    labelNames: ['outcome'],
    registers,
  });
  const segments = new Counter({
    name: 'cuecard_hub_segment_bytes_total',
    help: 'Content of segments received from leads and sent to devices, before compression.',
    labelNames: ['direction'],
    registers,
  });
  new Gauge({
    name: 'cuecard_hub_event_streams',
    help: 'Event streams that are open at this copy.',
    registers,
    collect() {
      this.set(streams.count);
    },
  });
  if (database.connections())
    new Gauge({
      name: 'cuecard_hub_database_connections',
      help: 'Connections of the pool: total and idle, and requests that wait for one.',
      labelNames: ['state'],
      registers,
      collect() {
        for (const [state, count] of Object.entries(database.connections() ?? {})) this.set({ state }, count);
      },
    });
  return {
    feedback: (outcome, events) => feedback.inc({ outcome }, events),
    segmentBytes: (direction, bytes) => segments.inc({ direction }, bytes),
    request: (endpoint, status, seconds) => requests.observe({ endpoint, status }, seconds),
    text: async () => ({ body: await registry.metrics(), contentType: registry.contentType }),
  };
}
