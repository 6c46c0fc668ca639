import { expect, it } from 'vitest';

import { safeFileName } from './safe-file-name.js';

// Catches a file that is written somewhere else, is hidden, is a device, or looks like another kind than it is.
it.each([
  ['invoice.pdf', 'invoice.pdf'],
  ['Rechnung März 2026.pdf', 'Rechnung März 2026.pdf'],
  ['../../.ssh/authorized_keys', '_.._.ssh_authorized_keys'],
  ['C:\\Windows\\win.ini', 'C__Windows_win.ini'],
  ['photo\u202Egpj.exe', 'photogpj.exe'],
  ['a\u0000b\nc.txt', 'abc.txt'],
  ['.bashrc', 'bashrc'],
  ['report.pdf. . ', 'report.pdf'],
  ['con.txt', '_con.txt'],
  ['LPT1', '_LPT1'],
  ['', 'file'],
  ['....', 'file'],
  ['<>:"|?*.csv', '_______.csv'],
])('%j becomes %j', (name, expected) => {
  expect(safeFileName(name)).toBe(expected);
});

it('a long name keeps its ending and fits', () => {
  const name = safeFileName(`${'lang '.repeat(100)}.docx`);
  expect(name).toMatch(/^lang .*\.docx$/u);
  expect(name.length).toBeLessThanOrEqual(120);
});
