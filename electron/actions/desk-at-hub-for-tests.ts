import { silentLogger } from '../../shared/lib/logger.js';
import { followEvents } from '../sync/event-stream.js';
import { createHubClient, type HubClient } from '../sync/hub-client.js';
import { openDeskOfActions, type DeskOfActions } from './desk-of-actions-for-tests.js';
import { createHubSecondApprover, type QuestionsAtHub } from './hub-second-approver.js';
import { createQuestionStore } from './question-store.js';

/** A desk whose team wants a lead for every refund, at a hub and following its events, as the app does. */
export interface DeskAtHub {
  readonly desk: DeskOfActions;
  readonly atHub: QuestionsAtHub;
  readonly close: () => Promise<void>;
}

export function hubClientFor(baseUrl: string, accessToken: string): HubClient {
  return createHubClient({
    baseUrl,
    tokens: {
      accessToken: () => Promise.resolve(accessToken),
      expired: () => undefined,
      refused: () => undefined,
    },
  });
}

/** @param questions what the questions go through. @param events what the events come over. */
export function openDeskAtHub(
  file: string,
  bankUrl: string,
  questions: HubClient,
  events: HubClient,
): DeskAtHub {
  let atHub: QuestionsAtHub | undefined;
  const desk = openDeskOfActions(
    file,
    bankUrl,
    {
      checkPolicy: () => [{ rule: 'limit', message: 'Above 10 EUR.', effect: 'needs_lead', source: null }],
    },
    (database, store) => {
      const approver = createHubSecondApprover({
        ...{ questions: createQuestionStore(database), log: silentLogger, random: () => 0 },
        findAction: (id) => store.find(id),
      });
      atHub = approver.askAt(questions);
      return approver;
    },
  );
  if (!atHub) throw new Error('The desk asks nobody.');
  const opened = atHub;
  const following = new AbortController();
  void followEvents({
    ...{ client: events, signal: following.signal, log: silentLogger, random: () => 0 },
    onEvent: (event) => opened.onHubEvent(event),
    // What was told before the stream was open.
    onLive: (isLive) => {
      if (isLive) opened.onReachable();
    },
  });
  return {
    ...{ desk, atHub: opened },
    async close() {
      following.abort();
      await opened.close();
      desk.close();
    },
  };
}
