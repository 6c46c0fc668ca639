import { describe, expect, it } from 'vitest';

import type { Rewritten } from '../../../shared/domain/rewrite.js';
import { appError } from '../../../shared/errors/app-error.js';
import { err, ok } from '../../../shared/lib/result.js';
import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import { untouchedRewrite } from './composer-state.js';
import { createConversationStore, selectComposer } from './conversation-store.js';

const as = (text: string): Rewritten => ({
  ...{ text, sentences: [], critique: null, strategy: 'model', modelUse: [] },
});

/** A composer with a text in it, and a model that answers in capitals once it is let. */
function desk(text: string, isDown = false) {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const bridge = createScriptedBridge({
    'conversation.open': () => err(appError('HELPDESK_UNREACHABLE')),
    'suggestion.rewrite': async ({ source }) => {
      await released;
      if (isDown) return err(appError('REWRITE_FAILED'));
      return ok(as(source.kind === 'text' ? source.text.toUpperCase() : ''));
    },
  });
  const store = createConversationStore(bridge);
  const act = store.getState;
  void act().show('c-1');
  act().type(text);
  return {
    ...{ act, release, bridge },
    composer: () => selectComposer(act()),
    rewrite: () => act().rewriteOwn({ kind: 'more_formal' }, 'r-1'),
  };
}

describe('the rep’s own text', () => {
  it('is rewritten as a whole, and taken back in one step', async () => {
    const here = desk('  hello ada  ');
    here.release();
    expect(await here.rewrite()).toEqual({ kind: 'rewritten' });
    expect(here.composer().text).toBe('  HELLO ADA  ');
    expect(here.act().undoRewrite()).toBe(true);
    expect([here.composer().text, here.act().undoRewrite()]).toEqual(['  hello ada  ', false]);
  });

  it('is rewritten where it is selected; two rewrites are taken back one by one', async () => {
    const here = desk('hello ada, bye');
    here.release();
    here.act().select({ start: 6, end: 9 });
    await here.rewrite();
    expect(here.composer().text).toBe('hello ADA, bye');
    here.act().select({ start: 0, end: 6 });
    await here.rewrite();
    expect(here.composer().text).toBe('HELLO ADA, bye');
    here.act().undoRewrite();
    expect(here.composer().text).toBe('hello ADA, bye');
    here.act().undoRewrite();
    expect(here.composer().text).toBe('hello ada, bye');
  });

  // Catches words of one conversation that are replaced by their place in another.
  it('is not cut by a selection of another conversation', async () => {
    const here = desk('hello ada');
    here.act().select({ start: 0, end: 2 });
    void here.act().show('c-2');
    here.act().type('other words');
    here.release();
    await here.rewrite();
    expect(here.composer().text).toBe('OTHER WORDS');
  });

  // Catches a model that is slow and writes over what the rep typed meanwhile.
  it('stays as it is where the rep went on writing, where the model fails and where there is none', async () => {
    const here = desk('hello');
    const going = here.rewrite();
    here.act().type('hello there');
    here.release();
    expect(await going).toEqual({ kind: 'changed_meanwhile' });
    expect([here.composer().text, here.act().rewriting]).toEqual(['hello there', null]);
    const down = desk('hello', true);
    down.release();
    expect(await down.rewrite()).toMatchObject({ kind: 'failed' });
    expect(down.composer().text).toBe('hello');
    expect(await desk('  ').rewrite()).toEqual({ kind: 'nothing' });
  });

  // Catches verdicts that stand below words they are not of, and an undo that takes newer words away.
  it('that is changed after it was rewritten has no verdicts and no undo until the change is taken back', async () => {
    const here = desk('hello');
    here.release();
    await here.rewrite();
    here.act().type('HELLO!');
    expect([untouchedRewrite(here.composer()), here.act().undoRewrite()]).toEqual([null, false]);
    here.act().type('HELLO');
    expect(here.act().undoRewrite()).toBe(true);
    expect(here.composer().text).toBe('hello');
  });
});
