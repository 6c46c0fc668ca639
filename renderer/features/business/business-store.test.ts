import { expect, it } from 'vitest';

import type { BusinessView } from '../../../shared/contracts/ipc/business.js';
import type { BusinessSystem } from '../../../shared/domain/business-system.js';
import { appError } from '../../../shared/errors/app-error.js';
import { err, ok, type Result } from '../../../shared/lib/result.js';
import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import { createBusinessStore } from './business-store.js';

const stripe: BusinessSystem = {
  ...{ id: 'stripe-a', kind: 'stripe', name: 'Stripe', baseUrl: 'https://api.stripe.com' },
  options: {},
};
const viewOf = (...systems: readonly BusinessSystem[]): BusinessView => ({
  systems: systems.map((system) => ({ system, secret: 'stored' })),
  ...{ canStoreKeys: true, source: 'none' },
});

/** A store whose `route` answers when the test says so. */
function heldStore(route: 'business.test' | 'business.save', answer: Result<unknown>) {
  let release: () => void = () => undefined;
  const bridge = createScriptedBridge({
    [route]: () => new Promise((resolve) => (release = () => resolve(answer))),
  });
  const store = createBusinessStore(bridge, () => 'a');
  store.getState().add('stripe');
  store.getState().edit({ secret: 'rk_1' });
  return { bridge, store, release: () => release() };
}

// Catches: "It works." under an address or a key that was never tested.
it.each([ok({ notes: [] }), err(appError('BUSINESS_REFUSED'))])(
  'shows no result of a test whose fields were changed meanwhile',
  async (answer) => {
    const { store, release } = heldStore('business.test', answer);
    const tested = store.getState().test();
    store.getState().edit({ secret: 'rk_2' });
    release();
    await tested;
    expect(store.getState()).toMatchObject({
      ...{ isBusy: false, outcome: { kind: 'none' }, fields: { secret: 'rk_2' } },
    });
    const again = store.getState().test();
    release();
    await again;
    expect(store.getState().outcome.kind).toBe(answer.ok ? 'works' : 'failed');
  },
);

// Catches: a result that is said of the form of another system, opened while the first was tested.
it('shows no result of a test in another form', async () => {
  const { store, release } = heldStore('business.test', ok({ notes: [] }));
  const tested = store.getState().test();
  store.getState().add('hubspot');
  release();
  await tested;
  expect(store.getState()).toMatchObject({ outcome: { kind: 'none' }, fields: { kind: 'hubspot' } });
});

// Catches: a second account that is saved under the first one's name and refused for it.
it('gives a second system of a kind a name of its own', async () => {
  const two = { ...stripe, id: 'stripe-b', name: 'Stripe 2' };
  const bridge = createScriptedBridge({ 'business.read': () => ok(viewOf(stripe, two)) });
  const store = createBusinessStore(bridge);
  await store.getState().load();
  store.getState().add('stripe');
  expect(store.getState().fields?.name).toBe('Stripe 3');
  store.getState().add('hubspot');
  expect(store.getState().fields?.name).toBe('HubSpot (contacts)');
});

// Catches: what was typed while a system was saved thrown away, or saved a second time as another system.
it('keeps what was typed while it saved, for the system that was saved', async () => {
  const { bridge, store, release } = heldStore('business.save', ok(viewOf(stripe)));
  const saved = store.getState().save();
  store.getState().edit({ name: 'Stripe EU' });
  release();
  await saved;
  expect(store.getState()).toMatchObject({
    fields: { id: 'stripe-a', name: 'Stripe EU' },
    outcome: { kind: 'done' },
  });
  const again = store.getState().save();
  release();
  await again;
  expect(bridge.asked.at(-1)?.input).toMatchObject({ system: { id: 'stripe-a', name: 'Stripe EU' } });
  expect(store.getState().fields).toBeNull();
});

// Catches: a new form that is taken for the system that was being saved when it was opened, and replaces it.
it('a form opened while another is saved stays a new one', async () => {
  const { store, release } = heldStore('business.save', ok(viewOf(stripe)));
  const saved = store.getState().save();
  store.getState().back();
  store.getState().add('stripe');
  release();
  await saved;
  expect(store.getState().fields).toMatchObject({ id: null, kind: 'stripe', secret: '' });
});

// Catches: the form that stands beside "saved" because the panel was closed while it saved, and a secret that stays in the window after it.
it('leaves no form and no secret behind what was saved', async () => {
  const closed = heldStore('business.save', ok(viewOf(stripe)));
  const saved = closed.store.getState().save();
  closed.store.getState().leave();
  closed.release();
  await saved;
  expect(closed.store.getState()).toMatchObject({ fields: null, outcome: { kind: 'done' } });
  for (const [typed, left] of [
    [{ name: 'Stripe EU' }, { name: 'Stripe EU', secret: '' }],
    [{ secret: 'rk_2' }, { name: 'Stripe', secret: 'rk_2' }],
  ] as const) {
    const { store, release } = heldStore('business.save', ok(viewOf(stripe)));
    store.getState().edit({ name: 'Stripe' });
    const done = store.getState().save();
    store.getState().edit(typed);
    release();
    await done;
    expect(store.getState().fields).toMatchObject({ id: 'stripe-a', ...left });
  }
});
