import type { z } from 'zod';

import type { AppError } from '../../errors/app-error.js';
import { actionEvents, actionRoutes } from './action.js';
import { activeEvents, activeRoutes } from './active.js';
import { attachmentEvents, attachmentRoutes } from './attachment.js';
import { businessRoutes } from './business.js';
import { conversationEvents, conversationRoutes } from './conversation.js';
import { embedderRoutes } from './embedder.js';
import { extensionEvents, extensionRoutes } from './extension.js';
import { feedbackEvents, feedbackRoutes } from './feedback.js';
import { helpdeskEvents, helpdeskRoutes } from './helpdesk.js';
import { knowledgeEvents, knowledgeRoutes } from './knowledge.js';
import { leadEvents, leadRoutes } from './lead.js';
import { modelEvents, modelRoutes } from './models.js';
import { privacyEvents, privacyRoutes } from './privacy.js';
import { playbookRoutes } from './playbook.js';
import { playgroundRoutes } from './playground.js';
import { settingsEvents, settingsRoutes } from './settings.js';
import { sourceEvents, sourceRoutes } from './sources.js';
import { suggestionEvents, suggestionRoutes } from './suggestion.js';
import { teamEvents, teamRoutes } from './team.js';
import { viewEvents, viewRoutes } from './view.js';

/** The whole surface between window and main: nothing else crosses. */
export const routes = {
  ...actionRoutes,
  ...businessRoutes,
  ...conversationRoutes,
  ...attachmentRoutes,
  ...helpdeskRoutes,
  ...suggestionRoutes,
  ...feedbackRoutes,
  ...knowledgeRoutes,
  ...sourceRoutes,
  ...settingsRoutes,
  ...embedderRoutes,
  ...modelRoutes,
  ...teamRoutes,
  ...leadRoutes,
  ...privacyRoutes,
  ...playbookRoutes,
  ...playgroundRoutes,
  ...viewRoutes,
  ...activeRoutes,
  ...extensionRoutes,
} as const;

/** Everything main may tell the window without being asked. */
export const events = {
  ...actionEvents,
  ...conversationEvents,
  ...attachmentEvents,
  ...helpdeskEvents,
  ...suggestionEvents,
  ...feedbackEvents,
  ...knowledgeEvents,
  ...sourceEvents,
  ...settingsEvents,
  ...modelEvents,
  ...teamEvents,
  ...leadEvents,
  ...privacyEvents,
  ...viewEvents,
  ...activeEvents,
  ...extensionEvents,
} as const;

export type RouteName = keyof typeof routes;
export type RouteInput<N extends RouteName> = z.input<(typeof routes)[N]['input']>;
/** The input once main has parsed it: what is left out has its default. */
export type RouteParsed<N extends RouteName> = z.output<(typeof routes)[N]['input']>;
export type RouteOutput<N extends RouteName> = z.output<(typeof routes)[N]['output']>;
export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>;

export const routeNames = Object.keys(routes) as readonly RouteName[];
export const eventNames = Object.keys(events) as readonly EventName[];

/** What a request comes back as: expected failures are values on both sides of the border. */
export type RouteResult<N extends RouteName> =
  { readonly ok: true; readonly value: RouteOutput<N> } | { readonly ok: false; readonly error: AppError };

/** What the preload script puts on `window.assist`: two functions, known names only. */
export interface AssistBridge {
  request<N extends RouteName>(name: N, input: RouteInput<N>): Promise<RouteResult<N>>;
  /** Listens to one event; returns the function that stops listening. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
}

/** The two Electron channels that carry everything. */
export const REQUEST_CHANNEL = 'cuecard.request';
export const EVENT_CHANNEL = 'cuecard.event';
