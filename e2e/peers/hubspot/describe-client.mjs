/**
 * HubSpot's client is made from its API descriptions by a generator, so its code says again what they said: each operation with its path,
 * query, body and answer in `apis/*.js`, each shape in `models/*.js`, and in `models/*.d.ts` what of it is required and what an enum allows.
 * The descriptions themselves may not be passed on; what is read here stays in the cache folder.
 *
 * @typedef {Record<string, any>} Part
 * @param {ReadonlyMap<string, string>} files of the client's `lib/codegen`, by path below it
 * @param {readonly string[]} folders whose operations are wanted: `crm/contacts`
 * @returns {Part} an OpenAPI 3.0 description
 */
export function describeClient(files, folders) {
  /** @type {Part} */
  const paths = {};
  /** @type {Part} */
  const schemas = {};
  for (const [file, text] of files) {
    const folder = folders.find(
      (one) => file.startsWith(`${one}/apis/`) || file.startsWith(`${one}/models/`),
    );
    if (folder === undefined || !file.endsWith('.js')) continue;
    const scope = folder.replaceAll('/', '.');
    if (file.includes('/models/'))
      addShape(schemas, scope, text, files.get(file.replace(/js$/, 'd.ts')) ?? '');
    else
      for (const { path, method, operation } of operationsOf(text, scope))
        (paths[path] ??= {})[method] = operation;
  }
  return {
    openapi: '3.0.3',
    info: { title: 'HubSpot, as its client has it', version: '1' },
    ...{ security: [{ token: [] }], paths },
    components: { schemas, securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  };
}

/**
 * @param {Part} schemas
 * @param {string} scope
 * @param {string} code
 * @param {string} declared
 */
function addShape(schemas, scope, code, declared) {
  for (const [, name, body = ''] of declared.matchAll(/declare enum (\w+) \{([^}]*)\}/g))
    schemas[`${scope}.${name}`] = { type: 'string', enum: all(body, /= "([^"]*)"/g) };
  const [, name, list] = /(\w+)\.attributeTypeMap = (\[[\s\S]*?\n?\]);/.exec(code) ?? [];
  if (name === undefined || list === undefined) return;
  /** @type {{ name: string, baseName: string, type: string }[]} */
  const attributes = JSON.parse(list);
  const properties = attributes.map(({ baseName, type }) => [baseName, typed(type, scope)]);
  // The declaration has the client's own names: `_from` for `from`.
  const needed = new Set(all(declared, /^ {4}'([^']+)':/gm));
  const required = attributes.filter((one) => needed.has(one.name)).map(({ baseName }) => baseName);
  schemas[`${scope}.${name}`] = {
    ...{ type: 'object', properties: Object.fromEntries(properties), additionalProperties: false },
    ...(required.length > 0 && { required }),
  };
}

/**
 * @param {string} code of one `apis/*.js`
 * @param {string} scope
 */
function operationsOf(code, scope) {
  const answers = new Map(
    [...code.matchAll(/\n {4}(\w+)WithHttpInfo\(response\) \{([\s\S]*?)\n {4}\}/g)].map(
      ([, name, body = '']) => [
        name,
        /isCodeInRange\)\("(2\d\d)"[\s\S]*?(?:contentType\), "([^"]+)"|response\.body, undefined)/.exec(body),
      ],
    ),
  );
  return [...code.matchAll(/\n {4}(\w+)\([^)]*_options\) \{([\s\S]*?)\n {4}\}/g)].flatMap(
    ([, name, body = '']) => {
      const [, path] = /localVarPath = '([^']+)'/.exec(body) ?? [];
      const [, method] = /HttpMethod\.(\w+)/.exec(body) ?? [];
      if (path === undefined || method === undefined) return [];
      const [, code = '200', answer] = answers.get(name) ?? [];
      const [, sent] = /stringify\([\w.]+serialize\(\w+, "([^"]+)"/.exec(body) ?? [];
      const content = (/** @type {string} */ type) => ({
        'application/json': { schema: typed(type, scope) },
      });
      const operation = {
        operationId: `${scope}.${name}`,
        parameters: [
          ...all(path, /\{(\w+)\}/g).map((one) => ({
            ...{ name: one, in: 'path', required: true, schema: { type: 'string' } },
          })),
          ...queryOf(body, scope),
        ],
        ...(sent && { requestBody: { required: true, content: content(sent) } }),
        responses: { [code]: { description: 'done', ...(answer && { content: content(answer) }) } },
      };
      return [{ path, method: method.toLowerCase(), operation }];
    },
  );
}

/**
 * @param {string} body
 * @param {string} scope
 */
function queryOf(body, scope) {
  const needed = new Set(all(body, /RequiredError\("\w+", "\w+", "(\w+)"\)/g));
  const single = /setQueryParam\("(\w+)", [\w.]+serialize\((\w+), "([^"]+)"/g;
  const many = /serialize\((\w+), "([^"]+)", "[^"]*"\);\s*for [^{]*\{\s*\w+\.appendQueryParam\("(\w+)"/g;
  return [
    ...[...body.matchAll(single)].map(([, name, from = '', type = '']) => ({ name, from, type })),
    ...[...body.matchAll(many)].map(([, from = '', type = '', name]) => ({ name, from, type })),
  ].map(({ name, from, type }) => ({
    ...{ name, in: 'query', required: needed.has(from), schema: typed(type, scope) },
  }));
}

/**
 * A type as the client writes it.
 *
 * @param {string} type
 * @param {string} scope
 * @returns {Part}
 */
function typed(type, scope) {
  const [, inner] = /^(?:Array|Set)<(.+)>$/.exec(type) ?? [];
  if (inner !== undefined) return { type: 'array', items: typed(inner, scope) };
  const [, value] = /^\{ \[key: string\]: (.+?);? \}$/.exec(type) ?? [];
  if (value !== undefined) return { type: 'object', additionalProperties: typed(value, scope) };
  if (type.endsWith(' | null')) return { ...typed(type.slice(0, -7), scope), nullable: true };
  if (type.startsWith("'")) return { type: 'string', enum: all(type, /'([^']*)'/g) };
  switch (type) {
    case 'string':
    case 'number':
    case 'boolean':
      return { type };
    case 'Date':
      return { type: 'string', format: 'date-time' };
    case 'HttpFile':
      return { type: 'string', format: 'binary' };
    case 'any':
      return {};
    default:
      return { $ref: `#/components/schemas/${scope}.${type}` };
  }
}

/**
 * @param {string} text
 * @param {RegExp} pattern
 */
const all = (text, pattern) => [...text.matchAll(pattern)].map(([, found = '']) => found);
