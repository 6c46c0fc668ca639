import { expect, it } from 'vitest';

import { errorCodeOf } from '../../../shared/errors/app-error.js';
import { readSqlAddress } from './sql-address.js';

// Catches: a password that travels in the open, or lies in a settings file because it was copied with the address.
it('encrypts everything that leaves this computer', () => {
  expect(readSqlAddress('postgresql://db.example.com/shop')).toMatchObject({
    ...{ host: 'db.example.com', port: 5432, database: 'shop', isEncrypted: true },
    text: 'postgres://db.example.com:5432/shop',
  });
  expect(readSqlAddress('postgres://[::1]:5433/shop').isEncrypted).toBe(false);
  expect(readSqlAddress('postgres://127.0.0.1/shop?sslmode=require').isEncrypted).toBe(true);
  expect(readSqlAddress(readSqlAddress('postgres://localhost/a%20b?sslmode=verify-ca').text).database).toBe(
    'a b',
  );
});

it.each([
  'postgres://db.example.com/shop?sslmode=disable',
  'postgres://db.example.com/shop?sslmode=prefer',
  'postgres://rep:secret@localhost/shop',
  'postgres://localhost',
  'https://localhost/shop',
])('refuses %s', (address) => {
  let code = 'none';
  try {
    readSqlAddress(address);
  } catch (error) {
    code = errorCodeOf(error);
  }
  expect(code).toBe('BUSINESS_ADDRESS_INVALID');
});
