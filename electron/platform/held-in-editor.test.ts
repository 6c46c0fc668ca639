import { expect, it } from 'vitest';

import { isHeldIn } from './held-in-editor.js';

const reply =
  'Hello Femke,\n\nYour parcel left Utrecht on Monday. It is with Postway under PW4410177700NL. Expect it by Friday.\n\nBest regards,\nRhea';

// Catches: the same reply twice in one editor, since an editor has blanks and line ends of its own.
it('knows a text again however the editor writes its blanks', () => {
  expect(isHeldIn(reply, reply)).toBe(true);
  expect(isHeldIn(`Dear all, ${reply.replace(/\n+/gu, '').replace(/ /gu, '\u{a0}')} PS`, reply)).toBe(true);
  expect(isHeldIn('See you.', 'See you.')).toBe(true);
});

// Catches: a reply the rep changed a little, and that is then put below itself.
it('knows a text again when some of it was changed', () => {
  const changed = reply.replace('Expect it by Friday.', 'I would think you have it on Friday.');
  expect(isHeldIn(changed, reply)).toBe(true);
});

// Catches: an insertion that is refused although nothing of it stands there.
it('takes nothing else for it', () => {
  expect(isHeldIn('', reply)).toBe(false);
  expect(isHeldIn('Hello Femke,\n\nBest regards,\nRhea', reply)).toBe(false);
  expect(isHeldIn('Hello Femke, your refund is on its way. Best regards, Rhea', reply)).toBe(false);
  expect(isHeldIn('> It is with Postway under PW4410177700NL.', reply)).toBe(false);
  expect(isHeldIn(reply, ' \n ')).toBe(false);
});
