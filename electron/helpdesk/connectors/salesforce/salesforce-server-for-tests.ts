import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

import { textToHtml } from '../text-to-html.js';
import { caseIdOf } from './record-id.js';
import { answerSoql, SoqlRefused, type Row } from './soql-for-tests.js';

export const RHEA = {
  Id: '005000000000001AAA',
  Name: 'Rhea Adler',
  Email: 'rhea@example.com',
  token: '00D!access',
};
export const FEMKE = { Name: 'Femke de Vries', Email: 'femke.devries@example.com' };
export const CLIENT = { id: '3MVG9consumer', secret: 'A1B2consumersecret' };
const API = '/services/data/v60.0';
const WRITABLE: Readonly<Record<string, readonly string[]>> = {
  CaseComment: ['ParentId', 'CommentBody', 'IsPublished'],
  EmailMessage: [
    ...[
      'ParentId',
      'Status',
      'Incoming',
      'ToAddress',
      'Subject',
      'TextBody',
      'HtmlBody',
      'ReplyToEmailMessageId',
    ],
  ],
};
type Answer = readonly [status: number, body: unknown];
const refused = (status: number, errorCode: string, message: string): Answer => [
  status,
  [{ message, errorCode }],
];

/** Salesforce as its references shape it, with a memory: queries in pages, mails and comments that leave their case unchanged. */
export async function startSalesforceServer() {
  const tables: Record<string, Row[]> = {
    ...{ Case: [], EmailMessage: [], CaseComment: [], ContentDocumentLink: [], Attachment: [] },
    User: [{ ...RHEA, IsActive: true, UserType: 'Standard' }],
  };
  const files = new Map<string, Uint8Array>();
  const waiting = new Map<string, Row[]>();
  const state = { pageSize: 2000, isLimited: false, hasOpenId: true, tokens: new Set([RHEA.token]) };
  let number = 41;
  let clock = Date.parse('2026-09-01T08:00:00Z');
  const next = (prefix: string): string => `${prefix}${String((number += 1)).padStart(12, '0')}AAA`;
  const now = (): string => new Date((clock += 1000)).toISOString().replace('Z', '+0000');

  function page(rows: Row[]): unknown {
    const first = rows.slice(0, state.pageSize);
    const done = first.length === rows.length;
    const key = `01g${String((number += 1))}-${String(state.pageSize)}`;
    if (!done) waiting.set(key, rows.slice(state.pageSize));
    return {
      totalSize: rows.length,
      done,
      records: first,
      ...(done ? {} : { nextRecordsUrl: `${API}/query/${key}` }),
    };
  }

  function answer(method: string, url: URL, body: string): Answer {
    const { pathname: path } = url;
    if (path === '/services/oauth2/userinfo')
      return state.hasOpenId
        ? [200, { user_id: RHEA.Id, name: RHEA.Name, preferred_username: RHEA.Email }]
        : refused(403, 'FORBIDDEN', 'Missing_OAuth_Scope');
    if (path === `${API}/query`) return [200, answerSoql(url.searchParams.get('q') ?? '', tables, page)];
    const more = waiting.get(path.slice(`${API}/query/`.length));
    if (more) return [200, page(more)];
    const [, object = ''] = /\/sobjects\/(\w+)$/u.exec(path) ?? [];
    if (method === 'POST' && WRITABLE[object]) return create(object, JSON.parse(body) as Row);
    return refused(404, 'NOT_FOUND', 'The requested resource does not exist');
  }

  function create(object: string, fields: Row): Answer {
    const unknown = Object.keys(fields).find((name) => !WRITABLE[object]?.includes(name));
    if (unknown !== undefined) return refused(400, 'INVALID_FIELD', `No such column '${unknown}'`);
    if (!tables['Case']?.some(({ Id: id }) => id === fields['ParentId']))
      return refused(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    const comment = fields['CommentBody'];
    if (typeof comment === 'string' && Buffer.byteLength(comment) > 4000)
      return refused(400, 'STRING_TOO_LONG', 'Comment Body: data value too large');
    const id = next(object === 'CaseComment' ? '00a' : '02s');
    const by = { Name: RHEA.Name, UserType: 'Standard' };
    tables[object]?.push({
      FromName: RHEA.Name,
      ...fields,
      Id: id,
      CreatedDate: now(),
      CreatedBy: by,
      HasAttachment: false,
    });
    return [201, { id, success: true, errors: [] }];
  }

  const server = http.createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      asked.push(`${request.method ?? ''} ${url.pathname}`);
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks).toString();
      const token = (request.headers.authorization ?? '').replace(/^Bearer /u, '');
      const file = files.get(url.pathname);
      if (file && state.tokens.has(token)) return void response.writeHead(200).end(file);
      const [status, said] = ((): Answer => {
        if (url.pathname === '/services/oauth2/token') return signIn(new URLSearchParams(body));
        if (!state.tokens.has(token)) return refused(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
        if (state.isLimited) return refused(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
        try {
          return answer(request.method ?? 'GET', url, body);
        } catch (error) {
          if (error instanceof SoqlRefused) return refused(400, error.errorCode, error.message);
          throw error;
        }
      })();
      response
        .writeHead(status, { 'content-type': 'application/json;charset=UTF-8' })
        .end(JSON.stringify(said));
    })();
  });

  function signIn(form: URLSearchParams): Answer {
    const isKnown = form.get('client_id') === CLIENT.id && form.get('client_secret') === CLIENT.secret;
    if (form.get('grant_type') !== 'client_credentials' || !isKnown)
      return [400, { error: 'invalid_client', error_description: 'invalid client credentials' }];
    const access = `00D!${String((number += 1))}`;
    state.tokens.add(access);
    return [200, { access_token: access, token_type: 'Bearer', issued_at: '1', scope: 'api openid' }];
  }

  const asked: string[] = [];
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const says = (caseId: string, text: string, more: Row = {}): string => {
    const id = next('02s');
    tables['EmailMessage']?.push({
      ...{ Id: id, ParentId: caseId, CreatedDate: now(), Incoming: true, Status: '0', HasAttachment: false },
      ...{
        FromName: FEMKE.Name,
        FromAddress: FEMKE.Email,
        ToAddress: 'help@harbour.example',
        Subject: 'My parcel',
      },
      ...{ TextBody: text, HtmlBody: textToHtml(text), ...more },
    });
    return id;
  };
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    ...{ state, tables, asked, says, now },
    /** A case that began with a mail; `fields` overwrites fields of it, and null as text leaves the mail out. */
    opens(text: string | null, fields: Row = {}): string {
      const id = caseIdOf(next('500').slice(0, 15)) ?? '';
      const at = now();
      tables['Case']?.push({
        ...{
          Id: id,
          CaseNumber: `0000${String(number)}`,
          Subject: 'Where is HP-104233?',
          Status: 'New',
          IsClosed: false,
        },
        ...{
          Priority: 'High',
          Origin: 'Email',
          OwnerId: RHEA.Id,
          Owner: { Name: RHEA.Name },
          Contact: FEMKE,
        },
        ...{
          CreatedBy: { Name: 'Automated Process' },
          CreatedDate: at,
          SystemModstamp: at,
          Description: text,
          ...fields,
        },
      });
      if (text !== null) says(id, text);
      return id;
    },
    comments(caseId: string, text: string, fields: Row = {}): void {
      tables['CaseComment']?.push({
        ...{ Id: next('00a'), ParentId: caseId, CommentBody: text, IsPublished: false, CreatedDate: now() },
        ...{ CreatedBy: { Name: RHEA.Name, UserType: 'Standard' }, ...fields },
      });
    },
    /** A file on a mail; an old one is an attachment of the kind before Salesforce Files. */
    putFile(mailId: string, bytes: Uint8Array, isOld = false): void {
      const id = next(isOld ? '00P' : '068');
      if (isOld) {
        files.set(`${API}/sobjects/Attachment/${id}/Body`, bytes);
        tables['Attachment']?.push({
          Id: id,
          ParentId: mailId,
          Name: 'old.pdf',
          ContentType: 'application/pdf',
          BodyLength: bytes.byteLength,
        });
        return;
      }
      files.set(`${API}/sobjects/ContentVersion/${id}/VersionData`, bytes);
      tables['ContentDocumentLink']?.push({
        LinkedEntityId: mailId,
        ContentDocument: {
          ...{ Title: 'broken cup', FileExtension: 'png', ContentSize: bytes.byteLength },
          LatestPublishedVersionId: id,
        },
      });
    },
    close: () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
