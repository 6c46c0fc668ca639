import type { Entity } from '../../shared/domain/intent.js';
import type { TeamProfile } from '../../shared/domain/team.js';
import { createEntityFinder } from '../agents/intent/entities/entities.js';
import { plainExpressions, type FoundMark } from './entity-baseline.js';
import { readEntitySet, type EntitySetOptions, type EntityText, type ExpectedEntity } from './entity-set.js';
import { rates } from './label-figures.js';
import { machineLine } from './machine.js';
import { inCapitals, withSwappedLetters } from './noise.js';
import { spreadOf, type Spread } from './spread.js';
import { textTable } from './text-table.js';

type Rates = ReturnType<typeof rates>;

/** One kind, or all together. Exact place, and the normalised value wherever it stands; null where the file gives none. */
export interface KindFigures {
  readonly kind: Entity['kind'] | 'all';
  readonly count: number;
  readonly place: Rates | null;
  readonly value: Rates | null;
}

export interface EntityEvaluation {
  readonly machine: string;
  readonly set: string;
  readonly texts: number;
  readonly ignored: Readonly<Record<string, number>>;
  readonly methods: readonly { readonly method: string; readonly kinds: readonly KindFigures[] }[];
  readonly times: Spread;
}

export interface EntityOptions extends EntitySetOptions {
  readonly profile: TeamProfile;
  readonly noise: boolean;
}

type Find = (text: string, sentAt: Date) => readonly FoundMark[];
const SEED = 7;
const PERCENT = 100;

/**
 * Measures what is found in the texts of a file, beside one plain expression per kind.
 * @throws AppErrorException EVALUATION_DATA_NOT_FOUND, EVALUATION_DATA_INVALID.
 */
export async function evaluateEntities(file: string, options: EntityOptions): Promise<EntityEvaluation> {
  const { profile, noise } = options;
  const { texts, kinds, ignored } = await readEntitySet(file, options);
  const findAll = createEntityFinder(profile);
  const plain = plainExpressions(profile);
  const timesMs: number[] = [];
  const own: Find = (text, sentAt) => {
    const startedAt = performance.now();
    const found = findAll([{ messageId: '', offset: 0, text, sentAt }]);
    timesMs.push(performance.now() - startedAt);
    return found;
  };
  const measure = (method: string, find: Find) => ({ method, kinds: figures(texts, kinds, find) });
  const methods = [measure('Cuecard', own), measure('plain expressions', (text) => plain(text))];
  const times = spreadOf(timesMs);
  if (noise) {
    methods.push(
      measure('Cuecard, in capitals', (text, sentAt) => own(inCapitals(text), sentAt)),
      measure('Cuecard, typing errors', (text, sentAt) =>
        own(withSwappedLetters(text, SEED + text.length), sentAt),
      ),
    );
  }
  return { machine: machineLine(), set: file, texts: texts.length, ignored, methods, times };
}

interface Counts {
  right: number;
  found: number;
  expected: number;
}

function figures(texts: readonly EntityText[], kinds: readonly Entity['kind'][], find: Find): KindFigures[] {
  const zero = (): { place: Counts; value: Counts } => ({
    place: { right: 0, found: 0, expected: 0 },
    value: { right: 0, found: 0, expected: 0 },
  });
  const byKind = new Map(kinds.map((kind) => [kind, zero()]));
  for (const { text, sentAt, entities } of texts) {
    const found = find(text, sentAt);
    for (const [kind, counts] of byKind) {
      const expected = entities.filter((entity) => entity.kind === kind);
      const ofKind = found.filter((entity) => entity.kind === kind);
      tally(counts.place, expected.flatMap(placeKey), ofKind.flatMap(placeKey));
      // Without a value for each mark what else is found cannot be called wrong.
      if (expected.every(({ value }) => value !== null))
        tally(counts.value, expected.map(valueKey), ofKind.map(valueKey));
    }
  }
  const rows = [...byKind].map(([kind, { place, value }]) => kindFigures(kind, place, value));
  const sum = zero();
  for (const { place, value } of byKind.values()) {
    add(sum.place, place);
    add(sum.value, value);
  }
  return [...rows, kindFigures('all', sum.place, sum.value)];
}

function tally(counts: Counts, expected: readonly string[], found: readonly string[]): void {
  const wanted = new Set(expected);
  const got = new Set(found);
  counts.expected += wanted.size;
  counts.found += got.size;
  counts.right += [...got].filter((key) => wanted.has(key)).length;
}

function add(sum: Counts, part: Counts): void {
  sum.right += part.right;
  sum.found += part.found;
  sum.expected += part.expected;
}

function kindFigures(kind: KindFigures['kind'], place: Counts, value: Counts): KindFigures {
  const of = ({ right, found, expected }: Counts): Rates | null =>
    expected === 0 ? null : rates(right, found, expected);
  return { kind, count: Math.max(place.expected, value.expected), place: of(place), value: of(value) };
}

function placeKey({ start, end }: ExpectedEntity | FoundMark): string[] {
  return start === null || end === null ? [] : [`${String(start)}-${String(end)}`];
}

function valueKey({ kind, value }: ExpectedEntity | FoundMark): string {
  const plain = (value ?? '').trim().toLowerCase();
  if (kind === 'phone') return plain.replaceAll(/[^\d+]/gu, '');
  if (kind === 'address') return plain.replaceAll(/[\s,.]+/gu, ' ');
  if (kind !== 'amount') return plain;
  const [number = '', currency = ''] = plain.split(' ');
  return `${Number(number).toFixed(2)} ${currency}`;
}

/** The evaluation as text: every kind by method, then times. */
export function entityReportText({ machine, set, texts, ignored, methods, times }: EntityEvaluation): string {
  const percent = (share: number | undefined): string =>
    share === undefined ? '-' : (share * PERCENT).toFixed(1);
  const cells = (part: Rates | null): string[] => [
    percent(part?.precision),
    percent(part?.recall),
    percent(part?.f1),
  ];
  const unknown = Object.entries(ignored).map(([kind, count]) => `${kind} ${String(count)}`);
  return [
    machine,
    `${set}: ${String(texts)} texts`,
    ...(unknown.length > 0 ? [`Kinds that are not looked for: ${unknown.join(', ')}`] : []),
    ...methods.flatMap(({ method, kinds }) => [
      '',
      textTable(
        [method, 'count', 'place P', 'R', 'F1', 'value P', 'R', 'F1'],
        kinds.map(({ kind, count, place, value }) => [kind, count, ...cells(place), ...cells(value)]),
      ),
    ]),
    '',
    `per text: p50 ${times.p50Ms.toFixed(2)} ms, p95 ${times.p95Ms.toFixed(2)} ms`,
    '',
  ].join('\n');
}
