/** The longest name every chat model takes. */
const MAX_LENGTH = 64;

/**
 * The name of a tool that a system brings: `warehouse_open_invoices` for `open_invoices` of "Warehouse". It begins with the system's name, so that
 * two systems never share one and no system can take the name of a tool of the catalogue.
 */
export function toolName(system: string, name: string): string {
  const word = `${wordOf(system) || 'system'}_`;
  return `${word.slice(0, MAX_LENGTH / 2)}${wordOf(name)}`.slice(0, MAX_LENGTH);
}

/** A name as one word of small letters: `getInvoice` → `get_invoice`. */
export const wordOf = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/(?<=[a-z\d])(?=[A-Z])/gu, '_')
    .toLowerCase()
    .replace(/[^a-z\d]+/gu, '_')
    .replace(/^_+|_+$/gu, '');
