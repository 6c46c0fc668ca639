import { expect, it } from 'vitest';

import { numberParameters } from './number-parameters.js';

// Catches: a customer's words that become part of a statement, and a colon of a text or a cast that is taken for a parameter.
it.each([
  ['select :a, :b, :a', 'select $1, $2, $1', ['a', 'b']],
  ["select ':a', E'it\\'s :a', :a::text", "select ':a', E'it\\'s :a', $1::text", ['a']],
  ['select ":a" from t where x = :a;\n', 'select ":a" from t where x = $1', ['a']],
  ['select $$ :a; $$, $q$ $$ :b $q$', 'select $$ :a; $$, $q$ $$ :b $q$', []],
  ['select 1 -- :a; drop table t\n, :b', 'select 1  \n, $1', ['b']],
])('%s', (sql, text, names) => {
  expect(numberParameters(sql)).toEqual({ text, names });
});

it.each([
  ['select 1; drop table t', 'it is more than one statement'],
  ['select $1', 'name parameters like :number instead of $1'],
  ['select 1 /* :a */', 'write comments with --'],
  ["select 'open", 'a quote is not closed'],
])('refuses %s', (sql, problem) => {
  expect(numberParameters(sql)).toEqual({ problem });
});
