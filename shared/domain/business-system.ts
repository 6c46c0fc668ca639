import { z } from 'zod';

/** The business systems that can be looked into. */
export const BusinessKind = z.enum([
  'vendure',
  'shopify',
  'stripe',
  'salesforce',
  'hubspot',
  'sql',
  'openapi',
  'mcp',
]);
export type BusinessKind = z.infer<typeof BusinessKind>;

/** One connected business system as it is kept. Secrets are not in it: they lie in the key vault under its address. */
export const BusinessSystem = z.object({
  /** Chosen by us once: `vendure-1a2b`. */
  id: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/),
  kind: BusinessKind,
  /** What the rep reads: `Shop`. */
  name: z.string().min(1).max(80),
  /** Where it answers, without a path of its interface: `https://shop.example.com`. */
  baseUrl: z.string().min(1).max(2000),
  /** What else this kind needs: the name of a user, an account, the text of a file that describes its operations. */
  options: z.record(z.string(), z.string().max(400_000)),
});
export type BusinessSystem = z.infer<typeof BusinessSystem>;

/** What the test of a system found, in words. */
export const BusinessReport = z.object({ notes: z.array(z.string()) });
export type BusinessReport = z.infer<typeof BusinessReport>;
