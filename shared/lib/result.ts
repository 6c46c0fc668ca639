import type { AppError } from '../errors/app-error.js';

/** The outcome of something that may fail in an expected way: a value, or an error that says what to do next. */
export type Result<T, E extends AppError = AppError> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** Wraps a value as a successful {@link Result}. */
export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

/** Wraps an error as a failed {@link Result}. */
export const err = <E extends AppError>(error: E): { readonly ok: false; readonly error: E } => ({
  ok: false,
  error,
});
