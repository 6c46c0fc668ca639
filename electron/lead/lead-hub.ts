import { AppErrorException } from '../../shared/errors/app-error.js';
import type { HubClient } from '../sync/hub-client.js';

/** The hub of the team this computer is in, as it is at the moment; null without a team. */
export type HubNow = () => HubClient | null;

/** @throws AppErrorException HUB_NOT_SIGNED_IN. */
export function joinedHub(hub: HubNow): HubClient {
  const client = hub();
  if (!client) throw new AppErrorException('HUB_NOT_SIGNED_IN');
  return client;
}

export const hasCode = (cause: unknown, code: AppErrorException['error']['code']): boolean =>
  cause instanceof AppErrorException && cause.error.code === code;
