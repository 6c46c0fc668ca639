import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';

const USAGE = `Usage: node scripts/cut-api-description.mjs DESCRIPTION.yaml OUT.yaml "get /path" "post /path" ...
Keeps the named operations of an OpenAPI description and what they refer to, with one example each. With --brief as the first argument
without what is written for people, which of a long description is most.
`;
const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

/**
 * The named operations of an OpenAPI description and every component they need. Four things are changed: of several examples the first
 * is kept, since that is the one a mock answers with; `format: uri` goes where the description's own example is a path; a decimal without an example gets one, since a mock would answer with a word; and what is an id unless
 * it is asked to be expanded (`x-expansionResources`) is an id, since else every object would hold every other.
 *
 * @param {any} description
 * @param {readonly string[]} operations `get /path`
 */
export function cut(description, operations) {
  /** @type {Record<string, any>} */
  const paths = {};
  for (const operation of operations) {
    const [method = '', path = ''] = operation.split(' ');
    const item = description.paths[path];
    if (!item?.[method]) throw new Error(`The description has no ${operation}.`);
    const shared = Object.fromEntries(Object.entries(item).filter(([name]) => !METHODS.has(name)));
    paths[path] = { ...shared, ...paths[path], [method]: item[method] };
  }
  const { openapi, info, servers, security } = description;
  const kept = forMocks({ openapi, info, servers, security, paths });
  /** @type {Record<string, Record<string, unknown>>} */
  const components = {};
  /** @param {unknown} value */
  function follow(value) {
    if (Array.isArray(value)) return value.forEach(follow);
    if (value === null || typeof value !== 'object') return;
    for (const [name, inner] of Object.entries(value)) {
      if (name === '$ref' && typeof inner === 'string') take(inner);
      else if (name === 'security' && Array.isArray(inner))
        inner.flatMap(Object.keys).forEach((scheme) => take(`#/components/securitySchemes/${scheme}`));
      else follow(inner);
    }
  }
  /** @param {string} ref */
  function take(ref) {
    const [, kind = '', name = ''] = /^#\/components\/([^/]+)\/([^/]+)/.exec(ref) ?? [];
    if (components[kind]?.[name] !== undefined) return;
    const component = description.components[kind]?.[name];
    if (component === undefined) throw new Error(`The description has no ${ref}.`);
    const kept = forMocks(component);
    components[kind] = { ...components[kind], [name]: kept };
    follow(kept);
  }
  follow(kept);
  return { ...kept, components };
}

/** @param {any} value @returns {any} */
function forMocks(value) {
  if (Array.isArray(value)) return value.map(forMocks);
  if (value === null || typeof value !== 'object') return value;
  if (value['x-expansionResources']) return unexpanded(value);
  if (value.format === 'decimal' && value.example === undefined) return { ...value, example: '1.5' };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'x-expandableFields')
      .filter(([name, inner]) => inner !== undefined && !(name === 'format' && isBrokenByItsExample(value)))
      .map(([name, inner]) =>
        name === 'examples' && inner !== null && typeof inner === 'object' && !Array.isArray(inner)
          ? [name, Object.fromEntries(Object.entries(inner).slice(0, 1))]
          : [name, forMocks(inner)],
      ),
  );
}

/** @param {{ anyOf?: readonly { type?: unknown, maxLength?: unknown }[], nullable?: unknown, description?: unknown }} schema */
function unexpanded({ anyOf, nullable, description }) {
  const maxLength = anyOf?.find(({ type }) => type === 'string')?.maxLength;
  const parts = { type: 'string', maxLength, nullable, description };
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
}

/** @param {{ format?: unknown, example?: unknown }} schema */
const isBrokenByItsExample = ({ format, example }) =>
  format === 'uri' && typeof example === 'string' && !URL.canParse(example);

/**
 * Without descriptions, but for those of answers, which OpenAPI wants.
 *
 * @param {any} value @param {string} place @returns {any}
 */
function brief(value, place = '') {
  if (Array.isArray(value)) return value.map((one) => brief(one));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, inner]) => place === 'properties' || !isForPeople(name, inner, value))
      .map(([name, inner]) => [name, brief(inner, name)]),
  );
}

/** @param {string} name @param {unknown} inner @param {object} around */
const isForPeople = (name, inner, around) =>
  (name === 'description' && typeof inner === 'string' && !('content' in around)) || name.startsWith('x-');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const words = process.argv.slice(2);
  const isBrief = words[0] === '--brief';
  const [from, to, ...operations] = words.slice(isBrief ? 1 : 0);
  if (from === undefined || to === undefined || operations.length === 0) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
  } else {
    const part = cut(parse(await readFile(from, 'utf8')), operations);
    await writeFile(
      to,
      stringify(isBrief ? brief(part) : part, { lineWidth: 120, aliasDuplicateObjects: false }),
    );
    process.stdout.write(`${operations.length} operations in ${to}\n`);
  }
}
