import type { PersonalKind } from '../../shared/domain/personal-data.js';

/** Digits that tell a phone number apart, with and without its country. */
const PHONE_TAIL = 9;

/** One spelling for all spellings of a value: case, spaces, accents, the country of a phone number. */
export function canonicalValue(kind: PersonalKind | 'literal', value: string): string {
  switch (kind) {
    case 'email':
      return value.trim().toLowerCase();
    case 'phone':
      return value.replace(/\D/gu, '').slice(-PHONE_TAIL);
    case 'name':
      return plainWords(value.replace(/['\u2019]s$/u, ''));
    case 'address':
      return plainWords(value);
    case 'link':
    case 'literal':
    case 'secret':
      return value;
    case 'card':
    case 'iban':
    case 'account':
    case 'national_id':
    case 'order':
    case 'ip':
      return value.replace(/[\s-]/gu, '').toUpperCase();
  }
}

const plainWords = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
