import type { ElectronApplication, Page } from '@playwright/test';

import { ask } from '../bridge.js';

/** Where an attacker's words are put: into what main gave the window for the card that is open. */
export interface PlantedWords {
  readonly conversationId: string;
  readonly words: string;
}

/** Shows the card again with the words in its reply, its first passage (marked as an order) and its first fact (as kept out). Gives the passage as it is now. */
export async function plantOnCard(
  app: ElectronApplication,
  page: Page,
  { conversationId, words }: PlantedWords,
): Promise<string> {
  const found = await ask(page, 'suggestion.latest', { conversationId });
  if (found?.outcome !== 'reply') throw new Error('There is no reply to plant words in.');
  const [sentence, ...sentences] = found.draft.sentences;
  const [passage, ...passages] = found.evidence;
  const [call, ...calls] = found.toolCalls;
  const [fact, ...facts] = call?.facts ?? [];
  if (!sentence || !passage || !call || !fact) throw new Error('The card has no passage or no fact.');
  const text = `${words}\n\n${passage.text}`;
  const suggestion = {
    ...found,
    runId: 'planted',
    draft: { ...found.draft, sentences: [{ ...sentence, text: words }, ...sentences] },
    evidence: [{ ...passage, text, instructions: [{ start: 0, end: words.length }] }, ...passages],
    toolCalls: [{ ...call, facts: [{ ...fact, original: words }, ...facts] }, ...calls],
  };
  await app.evaluate(({ BrowserWindow }, value) => {
    const window = BrowserWindow.getAllWindows()[0]?.webContents;
    const { runId, messageId, variant } = value;
    const run = { runId, conversationId: value.conversationId, messageId, variant, strategy: 'local' };
    window?.send('cuecard.event', 'suggestion.run_started', run);
    window?.send('cuecard.event', 'suggestion.ready', { suggestion: value });
  }, suggestion);
  return text;
}

/** Has main hand out every article with a text at its top. */
export function plantInArticles(app: ElectronApplication, text: string): Promise<void> {
  return app.evaluate(({ ipcMain }, planted) => {
    type Handler = (event: unknown, name: string, input: unknown) => Promise<unknown>;
    const channel = 'cuecard.request';
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers;
    const original = handlers.get(channel);
    ipcMain.removeHandler(channel);
    ipcMain.handle(channel, async (event, name: string, input: unknown) => {
      const answer = await original?.(event, name, input);
      if (name !== 'knowledge.article') return answer;
      const { ok, value } = answer as { ok: boolean; value: { markdown: string } };
      return ok ? { ok, value: { ...value, markdown: `${planted}\n\n${value.markdown}` } } : answer;
    });
  }, text);
}
