import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';

import { AppErrorException, appError, type AppError, type ErrorCode } from '../../shared/errors/app-error.js';

/** HTTP status of the codes a hub answers with; any other is 500. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  HUB_INVALID_REQUEST: 400,
  HUB_WORKSPACE_UNNAMED: 400,
  HUB_NOT_SIGNED_IN: 401,
  HUB_TOKEN_EXPIRED: 401,
  HUB_SESSION_REUSED: 401,
  HUB_MEMBER_REVOKED: 401,
  HUB_MEMBER_WIPED: 401,
  HUB_INVITE_INVALID: 401,
  HUB_OIDC_REFUSED: 401,
  HUB_NOT_ALLOWED: 403,
  HUB_NOT_FOUND: 404,
  HUB_CONFLICT: 409,
  HUB_TOO_LARGE: 413,
  HUB_SEGMENT_MISSING: 422,
  HUB_SEGMENT_INVALID: 422,
  RELEASE_NOTHING_TO_PUBLISH: 422,
  HUB_TOO_MANY_REQUESTS: 429,
  HUB_STORE_UNAVAILABLE: 503,
};

/** A failure as it goes over the wire. */
export interface ErrorAnswer {
  readonly status: number;
  readonly error: AppError;
  /** Whether it is a mistake of the hub, of which only the log has the reason. */
  readonly isBug: boolean;
}

/** Maps whatever was thrown. `requestId` is how a bug is found in the log. */
export function answerTo(cause: unknown, requestId: string): ErrorAnswer {
  if (cause instanceof AppErrorException) {
    const status = STATUS[cause.error.code];
    if (status !== undefined) return { status, error: cause.error, isBug: false };
  } else if (hasZodFastifySchemaValidationErrors(cause)) {
    const [first] = cause.validation;
    const where = `${cause.validationContext ?? 'request'}${first?.instancePath ?? ''}`;
    return known('HUB_INVALID_REQUEST', `${where}: ${first?.message ?? ''}`);
  } else if (statusOf(cause) === 413) return known('HUB_TOO_LARGE');
  else if (statusOf(cause) === 415) return known('HUB_INVALID_REQUEST', 'content type');
  else if (isClientFault(statusOf(cause)))
    return known('HUB_INVALID_REQUEST', cause instanceof Error ? cause.message : undefined);
  return { status: 500, error: appError('HUB_INTERNAL', requestId), isBug: true };
}

function known(code: ErrorCode, detail?: string): ErrorAnswer {
  return { status: STATUS[code] ?? 500, error: appError(code, detail), isBug: false };
}

const isClientFault = (status: number | null): boolean => status !== null && status >= 400 && status < 500;

/** Fastify's own errors (a body that is no JSON, too large, of an unknown type) carry their status. */
function statusOf(cause: unknown): number | null {
  return cause instanceof Error && 'statusCode' in cause && typeof cause.statusCode === 'number'
    ? cause.statusCode
    : null;
}
