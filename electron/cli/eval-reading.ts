import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';

import { entityReportText, evaluateEntities } from '../evaluation/entity-report.js';
import { labelReportText } from '../evaluation/label-report.js';
import { evaluateLanguage } from '../evaluation/language-set.js';
import { evaluateSentiment } from '../evaluation/sentiment-set.js';
import { openUseLiteEmbedder } from '../models/adapters/use-lite-embedder.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { loadTeam } from '../workspace/team-loader.js';

interface Common {
  readonly data: string;
  readonly split?: string;
  readonly noise?: boolean;
  readonly json?: boolean;
}

const FORMAT = 'JSON Lines, a JSON array or CSV/TSV with a header (evals/datasets/README.md)';

/** Adds `eval entities`, `eval language` and `eval sentiment`: how well a message is read. */
export function addReadingCommands(
  group: Command,
  resources: ResourceLocations,
  finish: (code: number) => void,
): void {
  common(group, 'language', 'How well the language of a text is told; rows of text and language.')
    .option('--team-languages <codes>', 'languages the team writes, first is the default', list, ['en'])
    .action(async ({ data, split, noise, json, teamLanguages }: Common & { teamLanguages: string[] }) => {
      const evaluation = await evaluateLanguage(data, {
        teamLanguages,
        noise: noise === true,
        ...only(split),
      });
      print(json, evaluation, labelReportText(evaluation), finish);
    });

  common(
    group,
    'sentiment',
    'How well the mood of a text is told; rows of text and sentiment (words, -1 to 1, or stars).',
  ).action(async ({ data, split, noise, json }: Common) => {
    const embedder = await openUseLiteEmbedder({ dir: resources.embedderDir });
    try {
      const evaluation = await evaluateSentiment(data, { noise: noise === true, embedder, ...only(split) });
      print(json, evaluation, labelReportText(evaluation), finish);
    } finally {
      await embedder.close();
    }
  });

  common(
    group,
    'entities',
    'How well numbers, amounts, dates, products, addresses ... are found; rows of text and entities.',
  )
    .option('--today <date>', 'the day relative dates count from, for rows without "today"', isoDay, today())
    .option('--team <folder>', 'team folder with patterns and products (default: the demo team)')
    .option('--currency <code>', "instead of the team's, for crowns and cents")
    .action(
      async ({
        data,
        split,
        noise,
        json,
        team,
        currency,
        ...rest
      }: Common & { today: string; team?: string; currency?: string }) => {
        const { profile } = loadTeam(team ?? resources.demoDir, 'team');
        const evaluation = await evaluateEntities(data, {
          profile: currency === undefined ? profile : { ...profile, currency },
          today: rest.today,
          noise: noise === true,
          ...only(split),
        });
        print(json, evaluation, entityReportText(evaluation), finish);
      },
    );
}

function common(group: Command, name: string, description: string): Command {
  return group
    .command(name)
    .description(description)
    .requiredOption('--data <file>', FORMAT)
    .option('--split <name>', 'only rows whose "split" is this')
    .option('--noise', 'again in capitals and with typing errors')
    .option('--json', 'print the figures as JSON');
}

function only(split: string | undefined): { split?: string } {
  return split === undefined ? {} : { split };
}

function print(
  asJson: boolean | undefined,
  evaluation: unknown,
  text: string,
  finish: (code: number) => void,
): void {
  process.stdout.write(asJson ? `${JSON.stringify(evaluation, null, 2)}\n` : text);
  finish(0);
}

function list(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}

function isoDay(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('Give a day as YYYY-MM-DD.');
  return text;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
