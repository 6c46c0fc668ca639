import { AppErrorException } from '../../shared/errors/app-error.js';
import { createHubClient } from '../sync/hub-client.js';
import { sourceOfRound } from './kill-round-for-tests.js';
import { createWorkspacePublisher } from './workspace-publisher.js';

/**
 * A process of its own that publishes a round until it is killed: `node BUNDLE HUB TOKEN ROUND`. Steps and the outcome are lines on standard
 * output, so that the test can choose the moment.
 */
const [baseUrl = '', token = '', round = ''] = process.argv.slice(2);
const hub = createHubClient({
  baseUrl,
  tokens: { accessToken: () => Promise.resolve(token), expired: () => undefined, refused: () => undefined },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
say('started');
try {
  const { number } = await createWorkspacePublisher({ hub, source: sourceOfRound(Number(round)) }).publish(
    { notes: `round ${round}`, assign: true },
    ({ step }) => say(step),
  );
  say(`published ${String(number)}`);
} catch (cause) {
  if (!(cause instanceof AppErrorException)) throw cause;
  say(cause.message);
  say(cause.error.code);
}
