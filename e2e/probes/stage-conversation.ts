import type { ElectronApplication } from '@playwright/test';

/** Texts no demo script has, as customers really send them. */
export interface StagedTexts {
  readonly id: string;
  readonly customer: string;
  /** How many ordinary messages stand before `newest`. */
  readonly count: number;
  readonly newest: readonly string[];
}

/** Puts a conversation into the inbox that the demo helpdesk does not have: main answers for it as for any other. */
export function stageConversation(app: ElectronApplication, texts: StagedTexts): Promise<void> {
  return app.evaluate(({ BrowserWindow, ipcMain }, { id, customer, count, newest }) => {
    const channel = 'cuecard.request';
    type Handler = (event: unknown, name: string, input: { conversationId?: string } | undefined) => unknown;
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers;
    const original = handlers.get(channel);
    const updatedAt = new Date().toISOString();
    const ordinary = Array.from(
      { length: count },
      (_, at) => `Message ${String(at + 1)} of a long conversation.`,
    );
    const summary = {
      id,
      subject: 'A long story',
      channel: 'chat',
      status: 'open',
      customer: { name: customer },
      updatedAt,
    };
    const conversation = {
      ...summary,
      messages: [...ordinary, ...newest].map((text, at) => ({
        id: `${id}-${String(at)}`,
        conversationId: id,
        author: at % 3 === 1 ? 'rep' : 'customer',
        text,
        sentAt: updatedAt,
      })),
    };
    ipcMain.removeHandler(channel);
    ipcMain.handle(channel, (event, name: string, input: { conversationId?: string } | undefined) => {
      if (input?.conversationId !== id) return original?.(event, name, input);
      if (name === 'conversation.open') return { ok: true, value: conversation };
      if (name === 'attachment.used') return { ok: true, value: [] };
      return {
        ok: true,
        value: name === 'suggestion.generate' ? { runId: 'staged', conversationId: id } : null,
      };
    });
    const row = {
      ...summary,
      preview: newest.at(-1)?.slice(0, 140) ?? '',
      lastAuthor: 'customer',
      messageCount: conversation.messages.length,
      unreadCount: 1,
    };
    BrowserWindow.getAllWindows()[0]?.webContents.send('cuecard.event', 'conversation.changed', {
      summary: row,
      message: null,
    });
  }, texts);
}
