import { setTimeout as wait } from 'node:timers/promises';

import { createHubClient } from '../sync/hub-client.js';
import { openFeedbackDevice } from './feedback-device-for-tests.js';

/**
 * A process of its own that decides and delivers until it is killed: `node BUNDLE FOLDER HUB`. The id of each decision is a line on
 * standard output once the caller was told that it is stored.
 */
const [dir = '', baseUrl = ''] = process.argv.slice(2);
const tokens = {
  accessToken: () => Promise.resolve('token'),
  expired: () => undefined,
  refused: () => undefined,
};
const device = openFeedbackDevice(dir);
device.outbox.deliverTo(createHubClient({ baseUrl, tokens }));
process.stdout.write('started\n');
for (let at = 0; ; at++) {
  const { id } = device.decide(`c-${String(Math.floor(Math.random() * 5))}`);
  process.stdout.write(`${id}\n`);
  // As a rep who presses the button again and again: requests are under way most of the time.
  if (at % 3 === 0) void device.outbox.retryNow();
  await wait(Math.random() * 20);
}
