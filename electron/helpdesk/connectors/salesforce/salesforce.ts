import type { ConnectorOptions, HelpdeskConnector, HelpdeskThread } from '../connector.js';
import { HelpdeskFailure } from '../helpdesk-failure.js';
import { createHelpdeskHttp } from '../helpdesk-http.js';
import { Case, Created, UserInfo, WithId, WithParent } from './answers.js';
import { fileOf } from './case-files.js';
import { messagesAfter } from './case-messages.js';
import { caseOfUrl, urlOfCase } from './case-url.js';
import { threadOf } from './nouns.js';
import { commentOf, draftOf } from './outgoing.js';
import { checkedCaseId, quoted } from './record-id.js';
import { createSignedFetch } from './signed-fetch.js';
import { API, createSoql } from './soql.js';

const CASE =
  `SELECT Id, CaseNumber, Subject, Status, IsClosed, Priority, Type, Origin, SuppliedName, SuppliedEmail, SystemModstamp,
  Contact.Name, Contact.Email, Owner.Name,
  (SELECT Id, CreatedDate FROM EmailMessages WHERE Status != '5' ORDER BY CreatedDate DESC LIMIT 1),
  (SELECT Id, CreatedDate FROM CaseComments ORDER BY CreatedDate DESC LIMIT 1) FROM Case`.replace(
    /\s+/gu,
    ' ',
  );
/** Most that a query gives in one page. */
const PAGE = 2000;

/**
 * Cases of Salesforce Service Cloud through the REST API, version 60 (developer.salesforce.com/docs, REST API Developer Guide and Object
 * Reference).
 *
 * `options.clientId` is the consumer key of a connected app and the token its secret; without it the token is an access token.
 * `options.email` and `options.assignee` `me` list only what the user with this address owns.
 */
export function createSalesforce({
  connection,
  token,
  fetch,
  timeoutMs,
}: ConnectorOptions): HelpdeskConnector {
  const { id, baseUrl } = connection;
  const { clientId = '', email = '', assignee = '' } = connection.options;
  const http = createHelpdeskHttp({
    ...{ baseUrl, timeoutMs, headers: () => ({}), signedBy: token },
    fetch: createSignedFetch({ baseUrl, clientId, token, fetch, timeoutMs }),
  });
  const soql = createSoql(http);
  let ownerId: string | null = null;

  async function owner(signal: AbortSignal): Promise<string> {
    if (ownerId !== null) return ownerId;
    const query = `SELECT Id FROM User WHERE Email = ${quoted(email)} AND IsActive = true AND UserType = 'Standard' LIMIT 1`;
    const [user] = await soql.all(query, WithId, signal);
    if (!user)
      throw new HelpdeskFailure(
        'HELPDESK_RIGHT_MISSING',
        `No active user has the address ${email.slice(0, 80)}.`,
      );
    return (ownerId = user.Id);
  }

  async function list(limit: number, signal: AbortSignal): Promise<readonly HelpdeskThread[]> {
    const most = String(Math.min(limit, PAGE));
    const own = assignee === 'me' ? `OwnerId = '${await owner(signal)}'` : '';
    const open = ['IsClosed = false', own].filter((one) => one !== '').join(' AND ');
    const cases = await soql.all(
      `${CASE} WHERE ${open} ORDER BY SystemModstamp DESC LIMIT ${most}`,
      Case,
      signal,
    );
    // A new mail does not change its case, so those with the newest mails are looked for too.
    const ofMail = ['Incoming = true', `Parent.IsClosed = false`, own === '' ? '' : `Parent.${own}`]
      .filter((one) => one !== '')
      .join(' AND ');
    const query = `SELECT ParentId FROM EmailMessage WHERE ${ofMail} ORDER BY CreatedDate DESC LIMIT ${most}`;
    const known = new Set(cases.map(({ Id }) => Id));
    const others = new Set((await soql.all(query, WithParent, signal)).map(({ ParentId }) => ParentId));
    const more = [...others].filter((one) => one.startsWith('500') && !known.has(one));
    cases.push(...(await soql.among(CASE, 'Id', more, Case, signal)));
    return cases
      .map(threadOf)
      .sort((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt))
      .slice(0, limit);
  }

  async function read(caseId: string, signal: AbortSignal): Promise<HelpdeskThread> {
    const [found] = await soql.all(`${CASE} WHERE Id = '${checkedCaseId(caseId)}'`, Case, signal);
    if (!found) throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', caseId);
    return threadOf(found);
  }

  return {
    id,
    kind: 'salesforce',
    // Calls count for the whole account and day.
    capabilities: { push: 'none', deliver: ['draft', 'note'], minPollMs: 5000 },
    parseUrl: (url) => caseOfUrl(url, baseUrl),
    urlOf: (caseId) => urlOfCase(caseId, baseUrl),
    async check(signal) {
      await list(1, signal);
      // The listing has shown that it works; without `openid` nobody tells whose token it is.
      const who = await http
        .json('/services/oauth2/userinfo', UserInfo, {}, signal)
        .catch((error: unknown) => {
          if (error instanceof HelpdeskFailure && error.error.code === 'HELPDESK_RIGHT_MISSING') return null;
          throw error;
        });
      const user = who?.body.name ?? who?.body.preferred_username ?? '';
      const notes = [
        ...(user === '' ? ['Without the scope openid nobody tells whose token it is.'] : []),
        ...(clientId === ''
          ? ['An access token runs out within hours; with a connected app it is renewed.']
          : []),
      ];
      return { user, notes };
    },
    list,
    read,
    messages: async (caseId, after, signal) => messagesAfter(soql, checkedCaseId(caseId), after, signal),
    async deliver(caseId, { mode, text, ifVersion }, signal) {
      if (mode === 'reply')
        throw new HelpdeskFailure('HELPDESK_WRITE_REFUSED', 'Cuecard sends no mail through Salesforce.');
      const checked = checkedCaseId(caseId);
      const thread = ifVersion === null && mode === 'note' ? null : await read(checked, signal);
      if (ifVersion !== null && thread?.version !== ifVersion)
        throw new HelpdeskFailure('HELPDESK_CHANGED_MEANWHILE', caseId);
      const about = { subject: thread?.subject ?? '', customerEmail: thread?.customer.email };
      const { object, fields } =
        mode === 'note' ? commentOf(checked, text) : await draftOf(soql, checked, text, about, signal);
      const request = { method: 'POST', body: fields } as const;
      return (await http.json(`${API}/sobjects/${object}`, Created, request, signal)).body.id;
    },
    forgetAnswers: () => http.forgetAnswers(),
    attachment: async (caseId, fileId, maxBytes, signal) =>
      fileOf(http, soql, checkedCaseId(caseId), fileId, maxBytes, signal),
  };
}
