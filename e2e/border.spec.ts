import type { RouteName } from '../shared/contracts/ipc/index.js';
import { request } from './bridge.js';
import { expect, sharedDesk, test } from './fixtures.js';

const desk = sharedDesk({ play: ['01-order-status'] });

/** Every route, so that a new one that parses nothing is noticed here. */
const routes = {
  'view.open': 'fields',
  'view.close': 'nothing',
  'view.place': 'fields',
  'view.allow': 'fields',
  'view.forget_allowed': 'nothing',
  'view.back': 'nothing',
  'view.focus': 'nothing',
  'view.reload': 'nothing',
  'view.insert': 'fields',
  'active.read': 'nothing',
  'active.follow': 'fields',
  'extension.read': 'nothing',
  'extension.copy_code': 'nothing',
  'extension.forget': 'nothing',
  'business.read': 'nothing',
  'business.test': 'fields',
  'business.save': 'fields',
  'business.remove': 'fields',
  'action.list': 'fields',
  'action.offered': 'nothing',
  'action.start': 'fields',
  'action.edit': 'fields',
  'action.approve': 'fields',
  'action.refuse': 'fields',
  'action.retry': 'fields',
  'action.look_again': 'fields',
  'action.settle': 'fields',
  'attachment.show': 'fields',
  'attachment.save': 'fields',
  'attachment.use': 'fields',
  'attachment.remove': 'fields',
  'attachment.used': 'fields',
  'conversation.list': 'nothing',
  'conversation.open': 'fields',
  'conversation.send': 'fields',
  'conversation.add_note': 'fields',
  'conversation.save_draft': 'fields',
  'conversation.forget_preview': 'fields',
  'conversation.forget': 'fields',
  'suggestion.latest': 'fields',
  'suggestion.other': 'fields',
  'suggestion.pin': 'fields',
  'suggestion.rewrite': 'fields',
  'conversation.summary': 'fields',
  'conversation.wrap_up': 'fields',
  'suggestion.generate': 'fields',
  'suggestion.cancel': 'fields',
  'suggestion.check': 'fields',
  'feedback.submit': 'fields',
  'feedback.list': 'fields',
  'feedback.outbox': 'nothing',
  'feedback.retry': 'nothing',
  'feedback.retry_refused': 'nothing',
  'feedback.export_refused': 'nothing',
  'knowledge.article': 'fields',
  'knowledge.list': 'nothing',
  'knowledge.search': 'fields',
  'knowledge.status': 'nothing',
  'knowledge.sources': 'nothing',
  'knowledge.choose_source': 'fields',
  'knowledge.add_source': 'fields',
  'knowledge.update_source': 'fields',
  'knowledge.remove_source': 'fields',
  'knowledge.sync_sources': 'fields',
  'knowledge.cancel_import': 'nothing',
  'embedder.read': 'nothing',
  'embedder.choose_folder': 'nothing',
  'embedder.try': 'fields',
  'embedder.use': 'fields',
  'embedder.forget_key': 'nothing',
  'models.read': 'nothing',
  'models.test': 'fields',
  'models.save': 'fields',
  'models.use_team': 'nothing',
  'models.forget_key': 'fields',
  'settings.read': 'nothing',
  'settings.update': 'all optional',
  'settings.about': 'nothing',
  'clipboard.write': 'fields',
  'team.status': 'nothing',
  'team.company_sign_in': 'fields',
  'team.join': 'fields',
  'team.join_at_company': 'fields',
  'team.confirm': 'nothing',
  'team.cancel': 'nothing',
  'team.leave': 'nothing',
  'team.retry_now': 'nothing',
  'lead.contents': 'nothing',
  'lead.titles': 'fields',
  'lead.item': 'fields',
  'lead.edit': 'fields',
  'lead.discard': 'fields',
  'lead.preview': 'nothing',
  'lead.publication': 'nothing',
  'lead.publish': 'fields',
  'lead.cancel_publish': 'nothing',
  'lead.releases': 'fields',
  'lead.compare': 'fields',
  'lead.restore': 'fields',
  'lead.rollout': 'nothing',
  'lead.change_rollout': 'fields',
  'lead.people': 'nothing',
  'lead.invite': 'fields',
  'lead.cancel_invite': 'fields',
  'lead.change_role': 'fields',
  'lead.revoke': 'fields',
  'lead.feedback': 'fields',
  'lead.feedback_groups': 'fields',
  'lead.resolve': 'fields',
  'lead.export_feedback': 'fields',
  'lead.approvals': 'nothing',
  'lead.decide_approval': 'fields',
  'lead.audit': 'fields',
  'lead.verify_audit': 'nothing',
  'privacy.read': 'nothing',
  'privacy.change': 'all optional',
  'privacy.list': 'fields',
  'privacy.detail': 'fields',
  'privacy.forget': 'fields',
  'privacy.export': 'nothing',
  'helpdesk.read': 'nothing',
  'helpdesk.test': 'fields',
  'helpdesk.save': 'fields',
  'helpdesk.remove': 'fields',
  'helpdesk.find': 'fields',
  'helpdesk.paste': 'fields',
  'playbook.ticks': 'fields',
  'playbook.tick': 'fields',
  'playbook.try': 'fields',
  'policy.try': 'fields',
  'playground.prompts': 'nothing',
  'playground.run': 'fields',
  'playground.cancel': 'nothing',
} as const satisfies Record<RouteName, 'nothing' | 'fields' | 'all optional'>;

const garbage = [
  null,
  42,
  'a text',
  [],
  { conversationId: { $ne: '' }, text: 7, theme: 'pink', mode: 'pink', limit: -1 },
];

// Catches a route that lets through what nobody checked.
test('every request with bad input is refused, and the answer never repeats the input', async () => {
  for (const name of Object.keys(routes) as RouteName[])
    for (const input of routes[name] === 'fields' ? [...garbage, undefined, {}] : garbage) {
      const answer = await request(desk().page, name, input as never);
      expect(answer, `${name} with ${JSON.stringify(input)}`).toMatchObject({
        ok: false,
        error: { code: 'IPC_BAD_INPUT' },
      });
      expect(JSON.stringify(answer)).not.toContain('$ne');
    }
});

// Catches a text without end that fills the helpdesk or the clipboard.
test('a text that is too long is refused', async () => {
  const text = 'x'.repeat(100_001);
  expect(
    await request(desk().page, 'conversation.send', {
      ...{ conversationId: 'c-01', text, runId: null, isAsked: true },
    }),
  ).toMatchObject({ ok: false, error: { code: 'IPC_BAD_INPUT' } });
});

// Catches a generic way through: only the names in the contract exist.
test('unknown requests and events are refused before they leave the window', async () => {
  const { page } = desk();
  for (const name of ['fs.read', 'constructor', '__proto__', 'cuecard.request', ''])
    await expect(request(page, name as never, undefined as never)).rejects.toThrow(/Unknown route/);
  await expect(
    page.evaluate(() => window.assist.on('cuecard.event' as never, () => undefined)),
  ).rejects.toThrow(/Unknown event/);
  expect(await page.evaluate(() => Object.keys(window.assist).sort())).toEqual(['on', 'request']);
});

// Catches a page that is not ours and asks all the same: the same preload script in another window.
for (const address of ['cuecard://app/index.html', 'data:text/html,<title>other</title>'])
  test(`a foreign window showing ${address.slice(0, 12)} is refused`, async () => {
    const answer = await desk().cuecard.app.evaluate(async ({ app, BrowserWindow }, url) => {
      const preload = `${app.getAppPath()}/build/preload.cjs`;
      const webPreferences = { preload, sandbox: true, contextIsolation: true };
      const foreign = new BrowserWindow({ show: false, webPreferences });
      try {
        await foreign.loadURL(url);
        return (await foreign.webContents.executeJavaScript(
          'window.assist.request("conversation.list", undefined)',
        )) as unknown;
      } finally {
        foreign.destroy();
      }
    }, address);
    expect(answer).toMatchObject({ ok: false, error: { code: 'IPC_FOREIGN_SENDER' } });
  });

// Catches a frame inside our page that gets the same powers as the page.
test('a frame inside the window has no way to main', async () => {
  const inside = await desk().page.evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const found = typeof (frame.contentWindow as unknown as { assist?: unknown } | null)?.assist;
    frame.remove();
    return found;
  });
  expect(inside).toBe('undefined');
});
