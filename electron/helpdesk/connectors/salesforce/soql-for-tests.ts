export type Row = Readonly<Record<string, unknown>>;
export type Tables = Readonly<Record<string, Row[]>>;

/** The fields we ask for that the Object Reference has; any other is refused as Salesforce does. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Case: [
    ...[
      'Id',
      'CaseNumber',
      'Subject',
      'Status',
      'IsClosed',
      'Priority',
      'Type',
      'Origin',
      'OwnerId',
      'Description',
    ],
    ...['SuppliedName', 'SuppliedEmail', 'SystemModstamp', 'CreatedDate', 'ContactId'],
    ...['Contact.Name', 'Contact.Email', 'Owner.Name', 'CreatedBy.Name'],
  ],
  EmailMessage: [
    ...[
      'Id',
      'ParentId',
      'CreatedDate',
      'Incoming',
      'Status',
      'FromName',
      'FromAddress',
      'ToAddress',
      'Subject',
    ],
    ...[
      'HtmlBody',
      'TextBody',
      'HasAttachment',
      'ReplyToEmailMessageId',
      'Parent.IsClosed',
      'Parent.OwnerId',
    ],
  ],
  CaseComment: [
    ...[
      'Id',
      'ParentId',
      'CommentBody',
      'IsPublished',
      'CreatedDate',
      'CreatedBy.Name',
      'CreatedBy.UserType',
    ],
  ],
  User: ['Id', 'Name', 'Email', 'IsActive', 'UserType'],
  ContentDocumentLink: [
    ...[
      'LinkedEntityId',
      'ContentDocument.Title',
      'ContentDocument.FileExtension',
      'ContentDocument.ContentSize',
    ],
    'ContentDocument.LatestPublishedVersionId',
  ],
  Attachment: ['Id', 'ParentId', 'Name', 'ContentType', 'BodyLength'],
};
const CHILDREN: Readonly<Record<string, string>> = {
  EmailMessages: 'EmailMessage',
  CaseComments: 'CaseComment',
};
const QUERY = /^SELECT (.+?) FROM (\w+)(?: WHERE (.+?))?(?: ORDER BY (\w+)( DESC)?)?(?: LIMIT (\d+))?$/u;

/** What a query is refused with: `errorCode` and words. */
export class SoqlRefused extends Error {
  constructor(
    readonly errorCode: string,
    message: string,
  ) {
    super(message);
  }
}

/** Answers the part of SOQL that is used here. `page` makes the answer of a list of rows. */
export function answerSoql(query: string, tables: Tables, page: (rows: Row[]) => unknown): unknown {
  const below: string[] = [];
  const outer = query.replace(
    /\((SELECT [^()]*)\)/gu,
    (_, inner: string) => `#${String(below.push(inner) - 1)}`,
  );
  const rows = rowsOf(outer, tables, (row, name) => {
    const inner = below[Number(name.slice(1))] ?? '';
    const relation = / FROM (\w+)/u.exec(inner)?.[1] ?? '';
    const object = CHILDREN[relation];
    if (object === undefined) throw new SoqlRefused('INVALID_TYPE', `No relationship ${relation}.`);
    const children = (tables[object] ?? []).filter((child) => child['ParentId'] === row['Id']);
    const found = rowsOf(inner.replace(` FROM ${relation}`, ` FROM ${object}`), {
      ...tables,
      [object]: children,
    });
    return [relation, found.length === 0 ? null : page(found)];
  });
  return page(rows);
}

function rowsOf(
  query: string,
  tables: Tables,
  belowOf: (row: Row, name: string) => [string, unknown] = () => ['', null],
): Row[] {
  const [, list = '', object = '', where = '', order, isDescending, limit] = QUERY.exec(query) ?? [];
  const fields = FIELDS[object];
  if (!fields) throw new SoqlRefused('MALFORMED_QUERY', `unexpected token: ${query.slice(0, 60)}`);
  const names = list.split(',').map((name) => name.trim());
  const check = (name: string): string => {
    if (name.startsWith('#') || fields.includes(name)) return name;
    throw new SoqlRefused('INVALID_FIELD', `No such column '${name}' on entity '${object}'.`);
  };
  names.forEach(check);
  const conditions = where === '' ? [] : where.split(' AND ').map((one) => conditionOf(one, check, tables));
  const found = (tables[object] ?? []).filter((row) => conditions.every((holds) => holds(row)));
  if (order !== undefined)
    found.sort((a, b) => String(a[check(order)]).localeCompare(String(b[order])) * (isDescending ? -1 : 1));
  return found.slice(0, Number(limit ?? found.length)).map((row) => shown(row, names, belowOf));
}

function conditionOf(text: string, check: (name: string) => string, tables: Tables): (row: Row) => boolean {
  const [, name = '', operator = '', value = ''] = /^([\w.]+) (=|!=|IN) (.+)$/u.exec(text) ?? [];
  check(name);
  const plain = (one: string): unknown =>
    one === 'true' || one === 'false' ? one === 'true' : one.slice(1, -1).replace(/\\(.)/gu, '$1');
  if (operator === 'IN') {
    const values = value.slice(1, -1).split(',').map(plain);
    return (row) => values.includes(valueOf(row, name, tables));
  }
  if (operator === '') throw new SoqlRefused('MALFORMED_QUERY', `unexpected token: ${text}`);
  return (row) => (valueOf(row, name, tables) === plain(value)) === (operator === '=');
}

function valueOf(row: Row, name: string, tables: Tables): unknown {
  const [first = '', ...rest] = name.split('.');
  if (rest.length === 0) return row[first];
  const parent =
    first === 'Parent' ? tables['Case']?.find(({ Id: id }) => id === row['ParentId']) : row[first];
  return parent == null ? null : (parent as Row)[rest.join('.')];
}

function shown(
  row: Row,
  names: readonly string[],
  belowOf: (row: Row, name: string) => [string, unknown],
): Row {
  const picked: Record<string, unknown> = {};
  for (const name of names) {
    const [first = '', second] = name.split('.');
    if (name.startsWith('#')) {
      const [relation, value] = belowOf(row, name);
      picked[relation] = value;
    } else if (second === undefined) picked[first] = row[first] ?? null;
    else if (row[first] == null) picked[first] = null;
    else picked[first] = { ...(picked[first] as Row), [second]: (row[first] as Row)[second] ?? null };
  }
  return picked;
}
