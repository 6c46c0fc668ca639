import { openDeskOfActions } from './desk-of-actions-for-tests.js';

/**
 * A desk in a process of its own: `node BUNDLE DATABASE BANK_URL propose|recover`. Proposes a refund and approves it, or goes on with what was
 * left; says `approving` and `ended` on standard output.
 */
const [file = '', bankUrl = '', what = ''] = process.argv.slice(2);
const desk = openDeskOfActions(file, bankUrl, { lookAfterMs: [150, 300] });
if (what === 'propose') {
  const id = await desk.proposeRefund();
  process.stdout.write('approving\n');
  await desk.service.approve(id, desk.store.find(id)?.updatedAt ?? '');
} else {
  await desk.service.recover();
  for (const { id, status, updatedAt } of desk.service.ofConversation('c1'))
    if (status === 'waiting_for_rep') await desk.service.approve(id, updatedAt);
}
desk.close();
process.stdout.write('ended\n');
process.exit(0);
