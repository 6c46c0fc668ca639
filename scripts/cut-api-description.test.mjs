import { expect, it } from 'vitest';

import { cut } from './cut-api-description.mjs';

const description = {
  openapi: '3.0.3',
  info: { title: 'x', version: '1' },
  security: [{ key: [] }],
  paths: {
    '/a': {
      parameters: [{ $ref: '#/components/parameters/id' }],
      get: { responses: { 200: { $ref: '#/components/responses/a' } } },
      post: { responses: { 200: { $ref: '#/components/responses/b' } } },
    },
    '/b': { get: {} },
  },
  components: {
    parameters: { id: { name: 'id' }, other: { name: 'other' } },
    responses: { a: { schema: { $ref: '#/components/schemas/a' }, examples: { one: 1, two: 2 } }, b: {} },
    schemas: {
      a: { properties: { self: { $ref: '#/components/schemas/a' }, c: { $ref: '#/components/schemas/c' } } },
      b: {},
      c: {
        properties: { path: { format: 'uri', example: '/x' }, url: { format: 'uri', example: 'https://x' } },
      },
    },
    securitySchemes: { key: { type: 'apiKey' }, other: { type: 'apiKey' } },
  },
};

it('keeps an operation and what it needs, and one example', () => {
  expect(cut(description, ['get /a'])).toEqual({
    openapi: '3.0.3',
    info: { title: 'x', version: '1' },
    security: [{ key: [] }],
    paths: { '/a': { parameters: description.paths['/a'].parameters, get: description.paths['/a'].get } },
    components: {
      parameters: { id: { name: 'id' } },
      responses: { a: { schema: { $ref: '#/components/schemas/a' }, examples: { one: 1 } } },
      schemas: {
        a: description.components.schemas.a,
        c: { properties: { path: { example: '/x' }, url: { format: 'uri', example: 'https://x' } } },
      },
      securitySchemes: { key: { type: 'apiKey' } },
    },
  });
});

it('says which operation is not there', () => {
  expect(() => cut(description, ['put /a'])).toThrow('put /a');
});
