import type { InjectionTechnique } from './technique.js';

const NAMES: Readonly<Record<InjectionTechnique, string>> = {
  override: 'drops its rules',
  role_play: 'gives it a part to play',
  prompt_leak: 'asks for its instructions',
  addressed: 'speaks to a machine',
  fake_turn: 'fakes a conversation',
  fence_escape: 'pretends to end the message',
  fake_tool_result: 'fakes a result of a system',
  tool_selection: 'names a tool to call',
  scope_widening: 'asks for what belongs to others',
  policy_forging: 'claims authority over it',
  dictation: 'dictates the reply',
  exfiltration: 'sends data away through a link or an image',
  hidden_characters: 'hides characters',
  encoded: 'hides orders in a code',
  obfuscated: 'disguises orders',
  hidden_markup: 'hides orders in markup',
  split_payload: 'spreads an order over several lines',
  model_suspicion: 'reads like orders to a machine',
};
const SHOWN = 2;

/** What was tried, in words for a rep: at most two, "and more" beyond. */
export function namesOf(techniques: readonly InjectionTechnique[]): string {
  const shown = techniques.slice(0, SHOWN).map((technique) => NAMES[technique]);
  return [...shown, ...(techniques.length > SHOWN ? ['and more'] : [])].join(', ');
}
