import path from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { loadTeam } from '../../workspace/team-loader.js';
import { embedderDirForTests } from '../embedder-for-tests.js';
import { heldOutResults, type HeldOutResult } from './held-out.js';
import { trainingTexts } from './mixed-classifier.js';
import { fitScopeCalibrator, scopeProbability, scopeShares } from './scope-calibrator.js';
import { createScopeReference } from './scope-features.js';
import { fitTemperature, withTemperature } from './temperature.js';
import { trainKernelModel } from './train-kernel-model.js';
import { openUseLiteEmbedder } from './use-lite-embedder.js';

interface Judged {
  readonly isInScope: boolean;
  readonly isRight: boolean;
  readonly isInTop3: boolean;
  readonly probability: number;
  readonly scope: number;
}

const GROUPS = 5;
const pause = () => Promise.resolve();
const percent = (part: number, whole: number): number => Math.round((1000 * part) / whole) / 10;

/** The calibrator, too, is judged on texts it was not fitted on. */
async function judge(heldOut: readonly HeldOutResult[]): Promise<Judged[]> {
  const count = (wanted: string): number => heldOut.filter(({ kind }) => kind === wanted).length;
  const shares = scopeShares(count('in_scope'), count('off_topic'));
  const temperature = await fitTemperature(
    heldOut.filter(({ kind }) => kind === 'in_scope'),
    pause,
  );
  const judged: Judged[] = [];
  for (let group = 0; group < GROUPS; group++) {
    const calibrator = await fitScopeCalibrator(
      heldOut.filter((_text, i) => i % GROUPS !== group),
      shares,
      pause,
    );
    for (const { label, probabilities, features, kind } of heldOut.filter(
      (_text, i) => i % GROUPS === group,
    )) {
      if (kind === 'left_out') continue;
      const ranked = [...withTemperature(probabilities, temperature).entries()].sort(([, a], [, b]) => b - a);
      const labels = ranked.map(([at]) => at);
      judged.push({
        isInScope: kind === 'in_scope',
        isRight: labels[0] === label,
        isInTop3: labels.slice(0, 3).includes(label),
        probability: ranked[0]?.[1] ?? 0,
        scope: scopeProbability(calibrator, features),
      });
    }
  }
  return judged;
}

/** Chance that a text with an intent gets a higher scope than one without. */
function areaUnderCurve(inside: readonly Judged[], outside: readonly Judged[]): number {
  const wins = inside.flatMap((a) =>
    outside.map((b) => (a.scope > b.scope ? 1 : a.scope === b.scope ? 0.5 : 0)),
  );
  return percent(
    wins.reduce((sum: number, win) => sum + win, 0),
    wins.length,
  );
}

describe('The demo team, each example judged by the others', () => {
  let judged: Judged[];
  beforeAll(async () => {
    const team = loadTeam(path.resolve('resources/demo'), 'demo');
    const embedder = await openUseLiteEmbedder({ dir: await embedderDirForTests() });
    const { intents, outOfScope } = team;
    const texts = await trainingTexts({ intents, outOfScope, embedder }, pause);
    const trained = await trainKernelModel(texts, intents.length, embedder.dimensions, pause);
    const reference = createScopeReference(trained.texts, intents.length);
    judged = await judge(await heldOutResults(trained, reference, pause));
    await embedder.close();
  });

  it('recognises intents, off-topic messages and its own confidence as well as when it was written', () => {
    const inside = judged.filter(({ isInScope }) => isInScope);
    const outside = judged.filter(({ isInScope }) => !isInScope);
    const sure = inside.filter(({ probability, scope }) => probability * scope >= 0.7);
    const figures = {
      examples: inside.length,
      offTopic: outside.length,
      accuracy: percent(inside.filter(({ isRight }) => isRight).length, inside.length),
      top3: percent(inside.filter(({ isInTop3 }) => isInTop3).length, inside.length),
      offTopicAuroc: areaUnderCurve(inside, outside),
      keptInScope: percent(inside.filter(({ scope }) => scope >= 0.5).length, inside.length),
      caughtOffTopic: percent(outside.filter(({ scope }) => scope < 0.5).length, outside.length),
      rightWhenSure: percent(sure.filter(({ isRight }) => isRight).length, sure.length),
      shareSure: percent(sure.length, inside.length),
    };
    process.stdout.write(`intents held out ${JSON.stringify(figures)}\n`);
    // Figures when written: 71.0, 87.3, 96.8, 84.6; below these something broke.
    expect(figures.accuracy).toBeGreaterThan(67);
    expect(figures.top3).toBeGreaterThan(84);
    expect(figures.offTopicAuroc).toBeGreaterThan(94);
    expect(figures.rightWhenSure).toBeGreaterThan(80);
  });
});
