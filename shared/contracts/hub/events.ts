import { z } from 'zod';

import { defineEndpoint, EVENT_STREAM } from './define-endpoint.js';

/** News for devices. They say that something changed, never what: the device asks for that, so a lost event loses nothing. */
export const HubEvent = z.discriminatedUnion('name', [
  /** Which release a device should run may have changed. */
  z.object({ name: z.literal('assignment_changed') }),
  /** A lead answered feedback of this member. */
  z.object({ name: z.literal('feedback_resolved'), memberId: z.uuid() }),
  /** This member's role or state changed. */
  z.object({ name: z.literal('member_changed'), memberId: z.uuid() }),
  /** The draft or the feedback inbox changed; for leads. */
  z.object({ name: z.literal('draft_changed') }),
  z.object({ name: z.literal('feedback_received') }),
  /** Which changes wait for a lead's word changed; for leads. */
  z.object({ name: z.literal('approval_asked') }),
  /** A lead answered a question of this member. */
  z.object({ name: z.literal('approval_decided'), memberId: z.uuid() }),
]);
export type HubEvent = z.infer<typeof HubEvent>;

/** Seconds between comments on a quiet stream; a client that hears nothing for three of them reconnects. */
export const HEARTBEAT_SECONDS = 15;

export const eventEndpoints = {
  'events.follow': defineEndpoint({
    method: 'GET',
    path: '/v1/events',
    summary: 'Server-sent events: `event` is the name, `data` the JSON of a HubEvent.',
    access: ['rep', 'lead', 'operator'],
    answerStream: EVENT_STREAM,
  }),
} as const;
