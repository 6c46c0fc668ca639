import { HelpdeskFailure } from '../../helpdesk-failure.js';

/** What imapflow says of a failure; see its ImapFlowError. */
interface Said {
  readonly code?: unknown;
  readonly responseStatus?: unknown;
  readonly responseText?: unknown;
  readonly serverResponseCode?: unknown;
  readonly authenticationFailed?: unknown;
  readonly throttleReset?: unknown;
  readonly response?: {
    readonly attributes?: readonly { readonly section?: readonly { readonly value?: unknown }[] }[];
  };
}

const BUSY_MS = 60_000;
const UNREADABLE =
  /^(?:ParserError|UnexpectedTag|MissingTag|InvalidResponse|ResponseProcessingFailed|MAX_IMAP|\w+TooLarge|TooMany|STARTTLS_INJECTION)/u;

/**
 * The failure of a command, by the response codes of RFC 5530.
 * @param isWrite whether a write had been sent: without an answer nobody knows whether it was done.
 */
export function failureOfImap(error: unknown, isWrite: boolean): HelpdeskFailure {
  if (error instanceof HelpdeskFailure) return error;
  // The cause is left out: it holds the command that failed, and with it what was to be written.
  const said: Said = typeof error === 'object' && error !== null ? error : {};
  const code = responseCodeOf(said);
  const libraryCode = textOf(said.code);
  const detail = [code, textOf(said.responseStatus), libraryCode, 'no answer'].find((one) => one !== '');
  const fail = (name: ConstructorParameters<typeof HelpdeskFailure>[0], pause: number | null = null) =>
    new HelpdeskFailure(name, detail ?? '', pause);
  if (said.code === 'ETHROTTLE' || ['LIMIT', 'INUSE', 'THROTTLED'].includes(code))
    return fail('HELPDESK_BUSY', BUSY_MS);
  if (['UNAVAILABLE', 'SERVERBUG', 'CONTACTADMIN'].includes(code)) return fail('HELPDESK_UNREACHABLE');
  if (code === 'NOPERM') return fail('HELPDESK_RIGHT_MISSING');
  if (['NONEXISTENT', 'TRYCREATE'].includes(code)) return fail('HELPDESK_REQUEST_REFUSED');
  if (isWrite && ['OVERQUOTA', 'TOOBIG', 'APPENDLIMIT'].includes(code)) return fail('HELPDESK_WRITE_REFUSED');
  if (said.authenticationFailed === true) return fail('HELPDESK_SIGN_IN_REFUSED');
  if (said.responseStatus === 'NO' || said.responseStatus === 'BAD') return fail('HELPDESK_REQUEST_REFUSED');
  if (UNREADABLE.test(libraryCode)) return fail('HELPDESK_ANSWER_UNREADABLE');
  return fail(isWrite ? 'HELPDESK_WRITE_UNCERTAIN' : 'HELPDESK_UNREACHABLE');
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function responseCodeOf({ serverResponseCode, response }: Said): string {
  const code = serverResponseCode ?? response?.attributes?.[0]?.section?.[0]?.value;
  return textOf(code).toUpperCase();
}
