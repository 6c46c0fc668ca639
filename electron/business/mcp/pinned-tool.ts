import { createHash } from 'node:crypto';

import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import canonicalize from 'canonicalize';
import { z } from 'zod';

import { ToolServer } from '../../../shared/domain/tool-server.js';
import { plainText } from '../declared/plain-text.js';

/** A tool as the server described it when the system was saved. */
export const PinnedTool = z.object({
  /** The server's own name for it. */
  name: z.string(),
  title: z.string(),
  description: z.string(),
  /** Only where the server says so itself; everything else waits for an approval. */
  isRead: z.boolean(),
  inputSchema: z.record(z.string(), z.unknown()),
  /** Of all the server said of it. */
  fingerprint: z.string(),
});
export type PinnedTool = z.infer<typeof PinnedTool>;

/** What is kept of a server. */
export const Pinned = z.object({
  /** The program that was listed then; null for a server on the network. */
  program: ToolServer.nullable(),
  tools: z.array(PinnedTool),
});
export type Pinned = z.infer<typeof Pinned>;

const MAX_SCHEMA = 20_000;

/**
 * A tool as a server describes it, for keeping. Names, descriptions and hints are data of a stranger: made visible, shortened, and never more than
 * what they say. Null for one whose name or schema nobody could look at.
 */
export function pinTool(tool: Tool): PinnedTool | null {
  const { name, title, description = '', annotations, inputSchema } = tool;
  if (!/^[\w./-]{1,128}$/u.test(name) || JSON.stringify(inputSchema).length > MAX_SCHEMA) return null;
  return {
    name,
    title: plainText(title ?? annotations?.title ?? name, 80) || name,
    description: plainText(description, 500),
    isRead: annotations?.readOnlyHint === true,
    inputSchema: { ...inputSchema },
    fingerprint: fingerprintOf(tool),
  };
}

/** The same for the same words, schema and hints, whatever their order. */
export function fingerprintOf({ name, title, description, annotations, inputSchema }: Tool): string {
  const said = { name, title, description, annotations, inputSchema };
  return createHash('sha256')
    .update(canonicalize(JSON.parse(JSON.stringify(said))) ?? '')
    .digest('hex');
}
