import type { ToolOutcome } from '../../agents/tools/tool.js';

/** Whether all `values` are the customer's own address; nothing at all is not. */
export function areOwn(values: readonly string[], email: string | null): boolean {
  const own = email?.trim().toLowerCase() ?? '';
  return own !== '' && values.length > 0 && values.every((value) => value.trim().toLowerCase() === own);
}

/** What a look-up of somebody else's record comes to; it says nothing of the record. */
export const NOT_OWN: ToolOutcome = {
  status: 'refused',
  detail: 'What was found does not belong to the customer of this conversation.',
};

export const NO_ADDRESS: ToolOutcome = {
  status: 'refused',
  detail: 'The customer of this conversation has no known address, so that nothing can be shown as theirs.',
};

export const NOT_FOUND: ToolOutcome = { status: 'not_found', detail: 'Nothing was found.' };
