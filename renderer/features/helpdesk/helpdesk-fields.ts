import type { HelpdesksView } from '../../../shared/contracts/ipc/helpdesk.js';
import type { HelpdeskConnection, HelpdeskKind } from '../../../shared/domain/helpdesk.js';
import { helpdeskAddressOf } from '../../../shared/domain/helpdesk-address.js';
import { strings } from '../../app/strings.js';

export type ConnectedHelpdesk = HelpdesksView['helpdesks'][number];

/** What is typed into the form of one connection. */
export interface HelpdeskFields {
  /** The connection that is changed; null for a new one. */
  readonly id: string | null;
  readonly kind: HelpdeskKind;
  readonly name: string;
  readonly address: string;
  readonly options: Readonly<Record<string, string>>;
  /** Leaves the window with the next test or save and is not kept here after it. */
  readonly token: string;
}

/** Where something has to be put right first: a field, or one of the kind's options as `option.queue`. */
export interface FieldProblem {
  readonly field: 'name' | 'address' | 'token' | `option.${string}`;
  readonly text: string;
}

export type Checked =
  | { readonly connection: HelpdeskConnection; readonly token: string | null }
  | { readonly problem: FieldProblem };

const text = strings.helpdesk;
/** What may stand in a header; a blank or an invisible sign comes along with a careless copy. */
const SENDABLE = /^[\x21-\x7e]*$/u;
export const helpdeskKindNames = Object.keys(text.kinds) as readonly HelpdeskKind[];

export const newFields = (kind: HelpdeskKind): HelpdeskFields => ({
  ...{ id: null, kind, name: text.kinds[kind].label, address: '', options: {}, token: '' },
});

export const fieldsOf = ({ connection }: ConnectedHelpdesk): HelpdeskFields => ({
  ...{ id: connection.id, kind: connection.kind, name: connection.name, address: connection.baseUrl },
  ...{ options: connection.options, token: '' },
});

/** The fields with another kind; a name the rep gave stays. */
export const withKind = (fields: HelpdeskFields, kind: HelpdeskKind): HelpdeskFields => ({
  ...{ ...fields, kind, options: {} },
  name: fields.name === text.kinds[fields.kind].label ? text.kinds[kind].label : fields.name,
});

/**
 * What main is asked for, or the first field that is wrong. A kept token is used again only for the address it was entered for;
 * `before` is the connection that is changed.
 */
export function checkFields(
  fields: HelpdeskFields,
  before: ConnectedHelpdesk | null,
  newId: () => string,
): Checked {
  const { problem } = text.form;
  const address = helpdeskAddressOf(fields.kind, fields.address);
  if (!address)
    return {
      problem: { field: 'address', text: text.kinds[fields.kind].addressProblem ?? problem.address },
    };
  const { baseUrl, needsToken } = address;
  for (const { key, required, form } of text.kinds[fields.kind].options) {
    const value = (fields.options[key] ?? '').trim();
    const wrong =
      value === ''
        ? needsToken
          ? required
          : undefined
        : form && !form.pattern.test(value)
          ? form.problem
          : undefined;
    if (wrong !== undefined) return { problem: { field: `option.${key}`, text: wrong } };
  }
  const token = fields.token.trim();
  if (token === '' && needsToken && !mayKeepToken(before, baseUrl)) {
    const isMoved = before !== null && before.token !== 'none';
    return { problem: { field: 'token', text: isMoved ? problem.tokenAgain : problem.token } };
  }
  if (fields.kind !== 'mail' && !SENDABLE.test(token))
    return { problem: { field: 'token', text: problem.tokenSigns } };
  const name = fields.name.trim();
  if (name === '') return { problem: { field: 'name', text: problem.name } };
  const id = fields.id ?? `${fields.kind}-${newId()}`;
  return {
    connection: { ...{ id, kind: fields.kind, name, baseUrl }, options: optionsOf(fields) },
    token: token === '' ? null : token,
  };
}

/** Only what this kind asks for and what is filled in. */
function optionsOf({ kind, options }: HelpdeskFields): Record<string, string> {
  const entered = text.kinds[kind].options.map(({ key }): [string, string] => [
    key,
    (options[key] ?? '').trim(),
  ]);
  return Object.fromEntries(entered.filter(([, value]) => value !== ''));
}

const mayKeepToken = (before: ConnectedHelpdesk | null, baseUrl: string): boolean =>
  before !== null && before.token !== 'none' && before.connection.baseUrl === baseUrl;
