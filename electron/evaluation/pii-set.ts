import { z } from 'zod';

import { PersonalKind } from '../../shared/domain/personal-data.js';
import { invalidData } from './data-file.js';
import { readDataRows } from './data-rows.js';
import { splitRows } from './split-rows.js';

/** A place of a text where personal data stands; `kind` is one of ours, or the file's own word where we have none. */
export interface PiiSpan {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}

export interface PiiText {
  readonly text: string;
  readonly lang: string;
  readonly spans: readonly PiiSpan[];
}

const Row = z.object({
  text: z.string(),
  lang: z.string().default('?'),
  split: z.string().optional(),
  spans: z.array(
    z
      .object({ start: z.int().nonnegative(), end: z.int().positive(), kind: z.string() })
      .refine(({ start, end }) => start < end, { message: 'A span ends after its start.' }),
  ),
});

/** Words other sets use for our kinds. */
const SAME: Readonly<Record<string, PersonalKind>> = {
  ...{
    person: 'name',
    person_name: 'name',
    first_name: 'name',
    last_name: 'name',
    full_name: 'name',
    per: 'name',
  },
  ...{ email_address: 'email', mail: 'email', phone_number: 'phone', tel: 'phone', telephone: 'phone' },
  ...{ credit_card: 'card', card_number: 'card', payment_card: 'card', credit_card_number: 'card' },
  ...{ iban_code: 'iban', bank_account: 'iban', customer_id: 'account', customer_number: 'account' },
  ...{
    id: 'national_id',
    ssn: 'national_id',
    tax_id: 'national_id',
    nino: 'national_id',
    passport: 'national_id',
  },
  ...{
    bsn: 'national_id',
    dni: 'national_id',
    nie: 'national_id',
    nir: 'national_id',
    codice_fiscale: 'national_id',
  },
  ...{ postal_address: 'address', street_address: 'address', street: 'address', order_id: 'order' },
  ...{
    order_number: 'order',
    ip_address: 'ip',
    url: 'link',
    token_link: 'link',
    password: 'secret',
    pin: 'secret',
  },
};

/**
 * Reads texts with places of personal data.
 * @throws AppErrorException EVALUATION_DATA_NOT_FOUND, EVALUATION_DATA_INVALID with the line.
 */
export async function readPiiSet(file: string, split: string | undefined): Promise<PiiText[]> {
  const rows = await readDataRows(file, Row);
  return splitRows(file, rows, ({ value }) => value.split, split).map(
    ({ line, value: { text, lang, spans } }) => {
      if (spans.some(({ end }) => end > text.length))
        throw invalidData(file, line, 'a span ends behind the text');
      return { text, lang, spans: spans.map((span) => ({ ...span, kind: kindOf(span.kind) })) };
    },
  );
}

function kindOf(written: string): string {
  const plain = written.toLowerCase().replace(/[\s-]+/gu, '_');
  return PersonalKind.safeParse(plain).success ? plain : (SAME[plain] ?? plain);
}
