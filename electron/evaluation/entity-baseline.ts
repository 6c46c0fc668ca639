import type { Entity } from '../../shared/domain/intent.js';
import type { TeamProfile } from '../../shared/domain/team.js';

/** An entity a method found in one text. */
export interface FoundMark {
  readonly kind: Entity['kind'];
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
const CURRENCY: Readonly<Record<string, string>> = { '\u20ac': 'EUR', '\u00a3': 'GBP', $: 'USD' };

/** What one plain expression per kind finds: what a team would write in an afternoon. The bar for everything cleverer. */
export function plainExpressions(profile: TeamProfile): (text: string) => FoundMark[] {
  const { patterns, products } = profile;
  const rules: readonly (readonly [Entity['kind'], RegExp, (written: string) => string])[] = [
    ['order_id', new RegExp(patterns.orderId, 'g'), (written) => written],
    ...(patterns.returnId === undefined
      ? []
      : ([['return_id', new RegExp(patterns.returnId, 'g'), (written: string) => written]] as const)),
    ...(patterns.trackingNumber === undefined
      ? []
      : ([
          ['tracking_number', new RegExp(patterns.trackingNumber, 'g'), (written: string) => written],
        ] as const)),
    ...(patterns.errorCode === undefined
      ? []
      : ([['error_code', new RegExp(patterns.errorCode, 'g'), (written: string) => written]] as const)),
    ['email', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu, (written) => written.toLowerCase()],
    ['phone', /\+?\d[\d ()-]{7,}\d/gu, (written) => written.replaceAll(/[^\d+]/gu, '')],
    [
      'amount',
      /[\u20ac\u00a3$]\s?\d+(?:[.,]\d{2})?|\d+(?:[.,]\d{2})?\s?(?:[\u20ac\u00a3$]|EUR|GBP|USD)/gu,
      amountValue,
    ],
    ['date', /\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}/gu, dateValue],
    ...(products.length === 0
      ? []
      : ([
          ['product', new RegExp(products.map(escape).join('|'), 'giu'), (written: string) => written],
        ] as const)),
  ];
  return (text) =>
    rules.flatMap(([kind, pattern, valueOf]) =>
      Array.from(text.matchAll(pattern), (match) => ({
        kind,
        value: valueOf(match[0]),
        start: match.index,
        end: match.index + match[0].length,
      })),
    );
}

function amountValue(written: string): string {
  const sign = /[\u20ac\u00a3$]/u.exec(written)?.[0];
  const code = sign === undefined ? (/[A-Z]{3}/u.exec(written)?.[0] ?? '') : (CURRENCY[sign] ?? '');
  return `${Number(written.replaceAll(/[^\d.,]/gu, '').replace(',', '.')).toFixed(2)} ${code}`;
}

function dateValue(written: string): string {
  const [day = '', month = '', year = ''] = written.split(/[./]/u);
  return year === '' ? written : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
