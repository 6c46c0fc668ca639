import { z } from 'zod';

import type { Entity } from '../../shared/domain/intent.js';
import { readDataRows } from './data-rows.js';
import { splitRows } from './split-rows.js';

/** What a person marked in a text; a place or a value may be missing. */
export interface ExpectedEntity {
  readonly kind: Entity['kind'];
  readonly start: number | null;
  readonly end: number | null;
  readonly value: string | null;
}

export interface EntityText {
  readonly text: string;
  /** When it was written; relative days count from it. */
  readonly sentAt: Date;
  readonly entities: readonly ExpectedEntity[];
}

export interface EntitySet {
  readonly texts: readonly EntityText[];
  /** Kinds somebody marked in the file; only these are measured. */
  readonly kinds: readonly Entity['kind'][];
  /** Marks of kinds that Cuecard does not know, by their name in the file. */
  readonly ignored: Readonly<Record<string, number>>;
}

const Mark = z.looseObject({
  kind: z.string().optional(),
  type: z.string().optional(),
  label: z.string().optional(),
  entity: z.string().optional(),
  text: z.string().optional(),
  value: z.union([z.string(), z.number()]).optional(),
  start: z.number().optional(),
  end: z.number().optional(),
});
const Day = z.object({ day: z.number(), month: z.number(), year: z.number() });
/** A slot of NLU++ (Casanueva et al. 2022). */
const Slot = z.looseObject({
  text: z.string(),
  span: z.tuple([z.number(), z.number()]),
  value: z.unknown().optional(),
  values: z.unknown().optional(),
});
const Row = z.looseObject({
  text: z.string(),
  entities: z.array(Mark).optional(),
  slots: z.record(z.string(), Slot).optional(),
  today: z.string().optional(),
  split: z.string().optional(),
});

const kindOf: Readonly<Record<string, Entity['kind']>> = {
  order: 'order_id',
  order_id: 'order_id',
  order_number: 'order_id',
  return_id: 'return_id',
  tracking: 'tracking_number',
  tracking_number: 'tracking_number',
  error_code: 'error_code',
  email: 'email',
  email_address: 'email',
  phone: 'phone',
  phone_number: 'phone',
  amount: 'amount',
  money: 'amount',
  price: 'amount',
  currency: 'amount',
  amount_of_money: 'amount',
  date: 'date',
  date_from: 'date',
  date_to: 'date',
  date_period: 'date',
  date_range: 'date',
  product: 'product',
  product_name: 'product',
  country: 'country',
  address: 'address',
  postal_address: 'address',
  street_address: 'address',
};

export interface EntitySetOptions {
  /** ISO date for rows that name none. */
  readonly today: string;
  readonly split?: string;
}

/**
 * Reads a set of texts with marked entities (evals/datasets/README.md), or of NLU++ slots.
 * @throws AppErrorException EVALUATION_DATA_NOT_FOUND, EVALUATION_DATA_INVALID.
 */
export async function readEntitySet(file: string, { today, split }: EntitySetOptions): Promise<EntitySet> {
  const all = await readDataRows(file, Row);
  const rows = splitRows(file, all, ({ value }) => value.split, split);
  const ignored: Record<string, number> = {};
  const texts = rows.map(({ value: row }): EntityText => {
    const marks = [...(row.entities ?? []).map(plainMark), ...Object.entries(row.slots ?? {}).map(slotMark)];
    return {
      text: row.text,
      sentAt: new Date(`${(row.today ?? today).slice(0, 10)}T12:00:00Z`),
      entities: marks.flatMap(({ name, text, ...mark }) => {
        const kind = Object.hasOwn(kindOf, name) ? kindOf[name] : undefined;
        if (kind) return [{ kind, ...placed(row.text, text, mark) }];
        ignored[name] = (ignored[name] ?? 0) + 1;
        return [];
      }),
    };
  });
  const kinds = [...new Set(texts.flatMap(({ entities }) => entities.map(({ kind }) => kind)))].sort();
  return { texts, kinds, ignored };
}

interface NamedMark {
  readonly name: string;
  readonly text: string | null;
  readonly start: number | null;
  readonly end: number | null;
  readonly value: string | null;
}

function plainMark({ kind, type, label, entity, text, value, start, end }: z.infer<typeof Mark>): NamedMark {
  const name = (kind ?? type ?? label ?? entity ?? '').toLowerCase().replaceAll(/[\s-]+/gu, '_');
  const normalised = value === undefined ? null : String(value);
  return { name, text: text ?? null, start: start ?? null, end: end ?? null, value: normalised };
}

function slotMark([name, { text, span, value, values }]: [string, z.infer<typeof Slot>]): NamedMark {
  const day = Day.safeParse(value);
  const period = z.object({ from: Day, to: Day }).safeParse(values);
  const money = z.object({ amount: z.number(), currency: z.string() }).safeParse(value);
  const normalised = day.success
    ? isoDay(day.data)
    : period.success
      ? `${isoDay(period.data.from)}/${isoDay(period.data.to)}`
      : money.success
        ? `${money.data.amount.toFixed(2)} ${money.data.currency}`
        : null;
  return { name, text, start: span[0], end: span[1], value: normalised };
}

function isoDay({ day, month, year }: z.infer<typeof Day>): string {
  return `${String(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The place of a mark, from its words where the file gives none. */
function placed(whole: string, text: string | null, mark: Omit<NamedMark, 'name' | 'text'>) {
  if (mark.start !== null && mark.end !== null) return mark;
  const at = text === null ? -1 : whole.indexOf(text);
  return at === -1 || text === null ? mark : { ...mark, start: at, end: at + text.length };
}
