import { setTimeout as wait } from 'node:timers/promises';

import { hubClientFor, openDeskAtHub } from './desk-at-hub-for-tests.js';

/**
 * A desk in a process of its own: `node BUNDLE DATABASE BANK_URL HUB_URL TOKEN propose|recover`. Proposes a refund and presses for it, or goes
 * on with what was left, until it is paid; says `pressing` and `ended` on standard output.
 */
const [file = '', bankUrl = '', hubUrl = '', token = '', what = ''] = process.argv.slice(2);
const client = hubClientFor(hubUrl, token);
const { desk, close } = openDeskAtHub(file, bankUrl, client, client);
const { service, store } = desk;
if (what === 'propose') await desk.proposeRefund();
else await service.recover();
process.stdout.write('pressing\n');
for (const { id, status, updatedAt } of service.ofConversation('c1'))
  if (status === 'waiting_for_rep') await service.approve(id, updatedAt);
const until = performance.now() + 10_000;
while (service.ofConversation('c1').some(({ id }) => store.find(id)?.status !== 'succeeded')) {
  if (performance.now() > until) break;
  await wait(5);
}
await close();
process.stdout.write('ended\n');
process.exit(0);
