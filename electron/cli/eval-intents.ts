import type { Command } from 'commander';

import { evaluateIntents, type IntentEvaluation } from '../evaluation/evaluate-intents.js';
import { readIntentSet } from '../evaluation/intent-set.js';
import { textTable } from '../evaluation/text-table.js';
import { openUseLiteEmbedder } from '../models/adapters/use-lite-embedder.js';
import type { ResourceLocations } from '../workspace/locations.js';

interface Options {
  readonly train: string;
  readonly test: string;
  readonly oosLabel?: string;
  readonly noise?: boolean;
  readonly json?: boolean;
}

/** Adds `eval intents`: trains the app's classifier on one file and measures it on another. */
export function addIntentsCommand(
  group: Command,
  resources: ResourceLocations,
  finish: (code: number) => void,
): void {
  const form = 'CSV/TSV, JSON or JSON Lines of text and label; FILE#key+key takes lists out of a JSON object';
  group
    .command('intents')
    .description("How well the team's intents are told, trained on one file and asked about another.")
    .requiredOption('--train <file>', form)
    .requiredOption('--test <file>', form)
    .option('--oos-label <label>', 'label of texts no intent covers')
    .option('--noise', 'again in capitals, with typing errors and empty')
    .option('--json', 'print the figures as JSON')
    .action(async ({ train, test, oosLabel, noise, json }: Options) => {
      const [trainSet, testSet] = await Promise.all([readIntentSet(train), readIntentSet(test)]);
      const embedder = await openUseLiteEmbedder({ dir: resources.embedderDir });
      try {
        const evaluation = await evaluateIntents({
          train: trainSet,
          test: testSet,
          oosLabel: oosLabel ?? null,
          hasNoise: noise === true,
          embedder,
        });
        process.stdout.write(json ? `${JSON.stringify(evaluation, null, 2)}\n` : reportText(evaluation));
        finish(0);
      } finally {
        await embedder.close();
      }
    });
}

function reportText(evaluation: IntentEvaluation): string {
  const { machine, embedder, trained, methods, auroc, curve, times } = evaluation;
  const percent = (share: number | null): string => (share === null ? '-' : (share * 100).toFixed(1));
  return [
    machine,
    `Trained on ${String(trained.texts)} texts of ${String(trained.intents)} intents (${String(trained.outOfScope)} out of scope) in ${trained.seconds.toFixed(1)} s, embedding included; embedder ${embedder}`,
    '',
    textTable(
      ['in scope', 'accuracy', 'macro F1', 'in top 3'],
      methods.map(({ method, accuracy, macroF1, top3 }) => [
        method,
        percent(accuracy),
        percent(macroF1),
        percent(top3),
      ]),
    ),
    '',
    `calibration error ${percent(evaluation.calibrationError)}, AUROC of the scope ${percent(auroc)}`,
    textTable(
      ['out of scope under', 'in-scope accuracy', 'recall', 'precision'],
      curve.map((at) => [
        at.threshold.toFixed(2),
        percent(at.inScopeAccuracy),
        percent(at.outOfScopeRecall),
        percent(at.outOfScopePrecision),
      ]),
    ),
    `per text, embedding included: p50 ${times.p50Ms.toFixed(2)} ms, p95 ${times.p95Ms.toFixed(2)} ms`,
    '',
  ].join('\n');
}
