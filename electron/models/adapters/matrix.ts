import os from 'node:os';

import type { InferenceSession } from 'onnxruntime-node';

import { gemmModel, type GemmForm } from './gemm-model.js';

/** Numbers row after row: `data[row * columns + column]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

/** A matrix over numbers that are there already. */
export function matrixOf(rows: number, columns: number, data?: Float32Array): Matrix {
  return { rows, columns, data: data ?? new Float32Array(rows * columns) };
}

/** Rows side by side in one matrix. */
export function matrixOfRows(rows: readonly Float32Array[], columns: number): Matrix {
  const matrix = matrixOf(rows.length, columns);
  rows.forEach((row, r) => matrix.data.set(row, r * columns));
  return matrix;
}

/** The rows from `start` up to `end`, sharing the numbers. */
export function rowsOf({ columns, data }: Matrix, start: number, end: number): Matrix {
  return matrixOf(end - start, columns, data.subarray(start * columns, end * columns));
}

/** More would take the machine from the rep. */
const MAX_THREADS = 2;

const sessions = new Map<string, Promise<InferenceSession>>();

/**
 * `a b`, either factor turned when `form` says so; with `minus`, `minus - a b`. Runs in onnxruntime some thirty times as fast as a loop
 * here; the calling thread waits all the same, so keep products below some ten milliseconds. The same numbers give the same result.
 */
export async function multiply(
  a: Matrix,
  b: Matrix,
  form: Partial<GemmForm> = {},
  minus?: Matrix,
): Promise<Matrix> {
  const whole = { turnsA: false, turnsB: false, ...form, isSubtracted: minus !== undefined };
  const rows = whole.turnsA ? a.columns : a.rows;
  const columns = whole.turnsB ? b.rows : b.columns;
  if (rows === 0 || columns === 0) return matrixOf(rows, columns);
  const { Tensor } = await import('onnxruntime-node');
  const tensor = (matrix: Matrix) => new Tensor('float32', matrix.data, [matrix.rows, matrix.columns]);
  const session = await sessionFor(whole);
  const result = await session.run({ a: tensor(a), b: tensor(b), ...(minus && { c: tensor(minus) }) });
  const data = result['y']?.data;
  if (!(data instanceof Float32Array)) throw new Error('The matrix product has no numbers.');
  return matrixOf(rows, columns, data);
}

function sessionFor(form: GemmForm): Promise<InferenceSession> {
  const key = JSON.stringify(form);
  const known = sessions.get(key);
  if (known) return known;
  const opened = import('onnxruntime-node').then(({ InferenceSession: Session }) =>
    Session.create(gemmModel(form), {
      intraOpNumThreads: Math.min(MAX_THREADS, os.availableParallelism()),
      interOpNumThreads: 1,
      // A thread that waits for the next product would otherwise keep its core busy.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    }),
  );
  sessions.set(key, opened);
  return opened;
}
