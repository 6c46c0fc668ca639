import { HelpdeskFailure } from '../helpdesk-failure.js';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The id of a case with 18 characters, as the interface gives it: the last three say which letters of the first fifteen are capitals
 * (Record IDs, Salesforce Platform reference). Null for anything else.
 */
export function caseIdOf(text: string): string | null {
  if (!/^500[A-Za-z0-9]{12}(?:[A-Z0-5]{3})?$/u.test(text)) return null;
  const bare = text.slice(0, 15);
  const sums = [0, 5, 10].map((from) =>
    [...bare.slice(from, from + 5)].reduce(
      (sum, letter, at) => sum + (/[A-Z]/u.test(letter) ? 2 ** at : 0),
      0,
    ),
  );
  const whole = `${bare}${sums.map((sum) => LETTERS[sum] ?? '').join('')}`;
  return text.length === 15 || text === whole ? whole : null;
}

/** @throws HelpdeskFailure HELPDESK_CONVERSATION_NOT_FOUND for what is no id of a case; it would change the query. */
export function checkedCaseId(text: string): string {
  const id = caseIdOf(text);
  if (id !== null) return id;
  throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', text.slice(0, 40));
}

/** A value in a query of SOQL: quotes and backslashes stay what they are. */
export const quoted = (text: string): string => `'${text.replace(/['\\]/gu, '\\$&')}'`;
