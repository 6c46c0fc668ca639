/** One more thing a kind of helpdesk has to be told. */
export interface HelpdeskOption {
  /** Its name in `HelpdeskConnection.options`. */
  readonly key: string;
  readonly label: string;
  readonly hint: string;
  /** What is missing, in words; said only where there is something to sign in to. Without it the field may stay empty. */
  readonly required?: string;
  /** What an entered value must look like; `problem` is said otherwise. */
  readonly form?: { readonly pattern: RegExp; readonly problem: string };
  /** Where only these are possible. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
}

/** Everything the form says about one kind of helpdesk; the form itself knows none. */
export interface HelpdeskKindText {
  readonly label: string;
  readonly addressExample: string;
  readonly addressHint: string;
  /** Where an address has another form than a web page's. */
  readonly addressProblem?: string;
  readonly options: readonly HelpdeskOption[];
  readonly tokenLabel: string;
  /** What to click in the helpdesk to get a token, in order. */
  readonly steps: readonly string[];
  /** Which rights the token needs, as the helpdesk names them, and what for. */
  readonly rights: readonly { readonly name: string; readonly why: string }[];
}
