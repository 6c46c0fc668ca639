import { ImapFlow } from 'imapflow';
import { z } from 'zod';

/** What `e2e/peers/imap.mjs` says when it is ready. */
export const ImapReady = z.object({
  ...{ url: z.string(), badUrl: z.string(), user: z.string(), password: z.string() },
});
export type ImapReady = z.infer<typeof ImapReady>;

export const FEMKE = 'femke.devries@example.com';

export interface MailForTests {
  readonly id: string;
  readonly from?: string;
  readonly to?: string;
  readonly subject?: string;
  readonly parents?: readonly string[];
  readonly text?: string;
  /** More head fields, each with its name. */
  readonly more?: readonly string[];
}

/** A mail of RFC 5322, in UTF-8. */
export const mailOf = ({ id, parents = [], text = 'Hello', more = [], ...said }: MailForTests): string => {
  const { from = `Femke de Vries <${FEMKE}>`, to = 'help@harbour.example', subject = 'My parcel' } = said;
  return [
    ...[`From: ${from}`, `To: ${to}`, `Subject: ${subject}`, `Message-ID: <${id}>`],
    ...(parents.length === 0
      ? []
      : [
          `References: ${parents.map((one) => `<${one}>`).join(' ')}`,
          `In-Reply-To: <${parents.at(-1) ?? ''}>`,
        ]),
    ...more,
    ...(more.some((field) => /^content-type/iu.test(field))
      ? []
      : ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit']),
    ...['Date: Fri, 27 Nov 2026 10:00:00 +0000', '', text.replace(/\n/gu, '\r\n'), ''],
  ].join('\r\n');
};

/** Hands of a mail server and a rep's mail program, over a line of their own. */
export async function mailbox({ url, user, password }: ImapReady, name = user) {
  const { hostname, port } = new URL(url);
  const client = new ImapFlow({
    ...{ host: hostname, port: Number(port), secure: false, doSTARTTLS: false, logger: false },
    auth: { user: name, pass: password },
  });
  await client.connect();
  return {
    put: async (mail: MailForTests | string, folder = 'INBOX', at?: Date) =>
      client.append(folder, typeof mail === 'string' ? mail : mailOf(mail), [], at),
    async sources(folder: string): Promise<string[]> {
      await client.mailboxOpen(folder);
      if (client.mailbox === false || client.mailbox.exists === 0) return [];
      const all = await client.fetchAll('1:*', { source: true });
      return all.map(({ source }) => (source ?? Buffer.alloc(0)).toString('utf8'));
    },
    async flags(folder: string): Promise<string[]> {
      await client.mailboxOpen(folder);
      return (await client.fetchAll('1:*', { flags: true })).flatMap(({ flags }) => [...(flags ?? [])]);
    },
    /** Out of the mailbox, as a rep does who is done. */
    async moveAll(from: string, to: string): Promise<void> {
      if (to !== 'INBOX') await client.mailboxCreate(to);
      await client.mailboxOpen(from);
      await client.messageMove('1:*', to);
    },
    close: () => client.logout(),
  };
}
