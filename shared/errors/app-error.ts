import { z } from 'zod';

import { actionErrors } from './action-errors.js';
import { attachmentErrors } from './attachment-errors.js';
import { businessErrors } from './business-errors.js';
import { embedderErrors } from './embedder-errors.js';
import { evaluationErrors } from './evaluation-errors.js';
import { feedbackErrors } from './feedback-errors.js';
import { forgettingErrors } from './forgetting-errors.js';
import { helpdeskErrors } from './helpdesk-errors.js';
import { hubErrors } from './hub-errors.js';
import { ipcErrors } from './ipc-errors.js';
import { knowledgeErrors } from './knowledge-errors.js';
import { modelErrors } from './model-errors.js';
import { privacyErrors } from './privacy-errors.js';
import { releaseErrors } from './release-errors.js';
import { suggestionErrors } from './suggestion-errors.js';
import { teamErrors } from './team-errors.js';
import { workspaceErrors } from './workspace-errors.js';

/** Every expected failure of the product, by code: what happened, what to do next, and whether trying again can help. */
export const errorCatalogue = {
  ...actionErrors,
  ...attachmentErrors,
  ...businessErrors,
  ...embedderErrors,
  ...evaluationErrors,
  ...feedbackErrors,
  ...forgettingErrors,
  ...helpdeskErrors,
  ...hubErrors,
  ...ipcErrors,
  ...knowledgeErrors,
  ...modelErrors,
  ...privacyErrors,
  ...releaseErrors,
  ...suggestionErrors,
  ...teamErrors,
  ...workspaceErrors,
} as const satisfies Record<string, ErrorEntry>;

/** What a code means to the person who meets it. `exitCode` is what the command line returns (see README). */
export interface ErrorEntry {
  readonly message: string;
  readonly next: string;
  readonly canRetry: boolean;
  readonly exitCode: number;
}

/** A stable, documented error code, domain first: `KNOWLEDGE_INDEX_NOT_READY`. */
export type ErrorCode = keyof typeof errorCatalogue;

const codes = Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]];

/** An expected failure as it crosses a boundary: no stack, no customer text. */
export const AppError = z.object({
  code: z.enum(codes),
  message: z.string(),
  next: z.string(),
  canRetry: z.boolean(),
  detail: z.string().optional(),
});
export type AppError = z.infer<typeof AppError>;

/** Builds the error of a code; `detail` adds the concrete path, id or reason. */
export function appError(code: ErrorCode, detail?: string): AppError {
  const { message, next, canRetry } = errorCatalogue[code];
  return detail === undefined ? { code, message, next, canRetry } : { code, message, next, canRetry, detail };
}

/** Carries an {@link AppError} through code that must throw; caught at a boundary and turned back into a value. */
export class AppErrorException extends Error {
  readonly error: AppError;

  constructor(code: ErrorCode, detail?: string, options?: ErrorOptions) {
    const error = appError(code, detail);
    super(detail === undefined ? error.message : `${error.message} (${detail})`, options);
    this.name = 'AppErrorException';
    this.error = error;
  }
}

/** What a log says of whatever was thrown: the code of an expected failure, else the kind of error; its text may hold what a customer wrote. */
export const errorCodeOf = (cause: unknown): string =>
  cause instanceof AppErrorException ? cause.error.code : cause instanceof Error ? cause.name : 'unknown';
