import type { ToolCall } from '../../../shared/domain/tool-call.js';

/**
 * A call as a model reads it: one fact a line under the name it is cited by (`T1:order.status`). A call that brought nothing reads the same
 * whether the order is somebody else's or does not exist, so that a reply cannot give it away.
 */
export function toolText(call: ToolCall): string {
  const { id, status, input, facts } = call;
  const title =
    call.isOneOfSeveral && call.system !== undefined ? `${call.title}, in ${call.system}` : call.title;
  if (facts.length > 0)
    return [title, ...facts.map(({ key, label, value }) => `${id}:${key} | ${label}: ${value}`)].join('\n');
  const asked = Object.entries(input).map(([key, value]) => `${id}:input.${key} | asked for: ${value}`);
  const end =
    status === 'failed'
      ? 'The system did not answer; nothing is known.'
      : 'Nothing was found under the address the customer writes from.';
  return [title, ...asked, end].join('\n');
}
