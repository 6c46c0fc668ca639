import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import type { Action } from '../../shared/domain/action.js';
import { findWriteTool, type WriteTool } from '../agents/tools/write-tool.js';
import { bankTool, startBank, type Bank } from './bank-for-tests.js';
import { openDeskOfActions, type DeskOfActions } from './desk-of-actions-for-tests.js';

let bank: Bank;
let file: string;
let desk: DeskOfActions;
let systems: readonly (string | undefined)[];
/** The systems that were asked whether a refund was paid. */
let asked: string[];
beforeEach(async () => {
  bank = await startBank();
  file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-nameless-')), 'desk.db');
  systems = [undefined];
  asked = [];
  desk = open();
});
afterEach(async () => {
  desk.close();
  await bank.close();
  fs.rmSync(path.dirname(file), { recursive: true });
});

function open(): DeskOfActions {
  const toolIn = (systemId: string | undefined): WriteTool => {
    const real: WriteTool = bankTool(bank.url, 10_000);
    return {
      ...{ ...real, ...(systemId === undefined ? {} : { systemId }) },
      readBack(run) {
        asked.push(systemId ?? 'desk');
        return real.readBack(run);
      },
    };
  };
  return openDeskOfActions(file, bank.url, {
    toolOf: (name, systemId) => findWriteTool(systems.map(toolIn), name, systemId),
    systemsOf: () => systems,
  });
}
/** A refund of unknown end, kept by a Cuecard that knew no systems. */
async function unclearBefore(): Promise<string> {
  const id = await desk.proposeRefund();
  desk.store.save({ ...of(id), status: 'unclear' }, 'unclear');
  // The tables as that one had them.
  desk.database.exec(
    "DROP TABLE IF EXISTS action_before_systems; DELETE FROM migration WHERE scope = 'actions' AND number > 3",
  );
  return id;
}
const of = (id: string): Action => desk.store.find(id) ?? expect.fail('no such action');
async function startWith(...connected: readonly string[]): Promise<void> {
  systems = connected;
  desk.close();
  desk = open();
  await desk.service.recover();
}

// Catches: "look again" after an update that asks nobody any more, although there is only one account it can have been.
it('an action of a Cuecard that knew no systems is given the only one that fits', async () => {
  const id = await unclearBefore();
  bank.mood = 'is down';
  await startWith('eu');
  expect(of(id)).toMatchObject({ status: 'unclear', systemId: 'eu' });
  expect(asked).toEqual(['eu']);
});

// Catches: "nothing was changed" said by an account that was connected later, of a refund asked of the one before.
it('no system connected later is asked for it, whatever its account was', async () => {
  const first = await unclearBefore();
  bank.mood = 'is down';
  await startWith('eu');
  asked = [];
  await startWith('us');
  expect(of(first)).toMatchObject({ status: 'unclear', systemId: 'eu' });
  expect((await desk.service.lookAgain(first)).status).toBe('unclear');
  expect(asked).toEqual([]);
});

// Catches: an action nobody can tell the account of, that is read back from whichever is left.
it('is of no system where several fit, nor of the one that is left of them', async () => {
  const id = await unclearBefore();
  await startWith('eu', 'us');
  await startWith('us');
  expect(of(id).systemId).toBeUndefined();
  expect(of(id)).toMatchObject({
    status: 'unclear',
    detail: expect.stringContaining('not connected any more') as string,
  });
  expect(asked).toEqual([]);
  expect(await desk.service.settleByHand(id, false)).toMatchObject({ status: 'failed' });
});
