import {
  getNamedType,
  getNullableType,
  GraphQLError,
  getVariableValues,
  isEnumType,
  isInputObjectType,
  isListType,
  Kind,
  NoDeprecatedCustomRule,
  parse,
  specifiedRules,
  TypeInfo,
  typeFromAST,
  validate,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLInputType,
  type OperationDefinitionNode,
} from 'graphql';

import type { AdminSchema } from './shopify-schema-for-tests.js';

/** One question as it came over HTTP. */
export interface Asked {
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What is wrong with a question by Shopify's schema, in words: its document, its variables, and what of both is deprecated. */
export function faultsOf({ schema }: AdminSchema, { query, variables }: Asked): readonly string[] {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    return [error instanceof GraphQLError ? error.message : String(error)];
  }
  const faults = validate(schema, document, [...specifiedRules, NoDeprecatedCustomRule]).map(
    ({ message }) => message,
  );
  const operation = operationOf(document);
  const defined = operation.variableDefinitions ?? [];
  const { errors = [] } = getVariableValues(schema, defined, variables);
  faults.push(...errors.map(({ message }) => message));
  const names = new Set(defined.map(({ variable }) => variable.name.value));
  faults.push(
    ...Object.keys(variables)
      .filter((name) => !names.has(name))
      .map((name) => `Variable $${name} is sent and not asked for.`),
  );
  for (const { variable, type } of defined) {
    const wanted = typeFromAST(schema, type);
    const { value: name } = variable.name;
    if (wanted) faults.push(...deprecatedIn(wanted as GraphQLInputType, variables[name], `$${name}`));
  }
  return faults;
}

function operationOf(document: DocumentNode): OperationDefinitionNode {
  const [operation, ...more] = document.definitions;
  if (operation?.kind === Kind.OPERATION_DEFINITION && more.length === 0) return operation;
  throw new Error('One operation is asked at a time.');
}

/** The rule of graphql-js looks at documents only; most of what we send stands in variables. */
function deprecatedIn(type: GraphQLInputType, value: unknown, at: string): string[] {
  if (value === null || value === undefined) return [];
  const wanted = getNullableType(type);
  if (isListType(wanted)) {
    const values = Array.isArray(value) ? value : [value];
    return values.flatMap((one) => deprecatedIn(wanted.ofType, one, at));
  }
  if (isEnumType(wanted)) {
    const { name = '', deprecationReason: reason } =
      wanted.getValues().find((one) => one.value === value) ?? {};
    return reason ? [`${at} is the deprecated ${name}: ${reason}`] : [];
  }
  if (!isInputObjectType(wanted)) return [];
  const fields = wanted.getFields();
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = fields[name];
    if (!field) return [];
    const { deprecationReason: reason } = field;
    return [
      ...(reason ? [`${at}.${name} is deprecated: ${reason}`] : []),
      ...deprecatedIn(field.type, inner, `${at}.${name}`),
    ];
  });
}

/** Every scope a question cannot do without: of each list, one must be had. */
export function scopesOf({ schema, scopes }: AdminSchema, { query }: Asked): readonly (readonly string[])[] {
  const info = new TypeInfo(schema);
  const needed: (readonly string[])[] = [];
  const look = (name: string): void => {
    const one = scopes.get(name);
    if (one) needed.push(one);
  };
  visit(
    parse(query),
    visitWithTypeInfo(info, {
      Field() {
        const type = info.getType();
        look(`${info.getParentType()?.name ?? ''}.${info.getFieldDef()?.name ?? ''}`);
        if (type) look(getNamedType(type).name);
      },
    }),
  );
  return needed;
}
