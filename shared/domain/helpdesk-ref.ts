/** One conversation of one connected helpdesk. */
export interface HelpdeskRef {
  readonly connectionId: string;
  /** As the helpdesk numbers it. */
  readonly nativeId: string;
}

/** The id a conversation has in Cuecard: `request_tracker-1:42`. */
export const conversationIdOf = ({ connectionId, nativeId }: HelpdeskRef): string =>
  `${connectionId}:${nativeId}`;

/** Back from {@link conversationIdOf}; null for an id that names no connected helpdesk. */
export function helpdeskRefOf(conversationId: string): HelpdeskRef | null {
  const at = conversationId.indexOf(':');
  if (at <= 0 || at === conversationId.length - 1) return null;
  return { connectionId: conversationId.slice(0, at), nativeId: conversationId.slice(at + 1) };
}
