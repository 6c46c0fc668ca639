import { z } from 'zod';

/** What personal data is told apart. `national_id` are tax, insurance and identity numbers; `link` are links that open something for whoever has them. */
export const PersonalKind = z.enum([
  'name',
  'email',
  'phone',
  'address',
  'card',
  'iban',
  'account',
  'national_id',
  'order',
  'ip',
  'link',
  'secret',
]);
export type PersonalKind = z.infer<typeof PersonalKind>;

/** What becomes of personal data before a text leaves: sent as it is, replaced by placeholders, or the text is not sent at all. */
export const PrivacyMode = z.enum(['as_is', 'anonymise', 'block']);
export type PrivacyMode = z.infer<typeof PrivacyMode>;

/** The least a team asks of all its computers; each may be stricter. */
export const TeamPrivacy = z.object({
  mode: PrivacyMode,
  /** Kinds for which the team asks for more or less than for the rest. */
  kinds: z.partialRecord(PersonalKind, PrivacyMode).default({}),
});
export type TeamPrivacy = z.infer<typeof TeamPrivacy>;

/** What a rep sets about what leaves this computer. */
export const PrivacySettings = z.object({
  /** `block` as a whole sends no text anywhere, with personal data or without. */
  mode: PrivacyMode,
  /** Kinds that are treated in another way than the rest; `block` then holds back the texts that have one. */
  kinds: z.partialRecord(PersonalKind, PrivacyMode),
  /** How long the ledger keeps what left, in days. */
  keepDays: z.int().min(1).max(3650),
  /** What the ledger may take on the disk, in megabytes; the oldest goes first. */
  keepMegabytes: z.int().min(10).max(100_000),
});
export type PrivacySettings = z.infer<typeof PrivacySettings>;

export const defaultPrivacy: PrivacySettings = {
  mode: 'anonymise',
  kinds: {},
  keepDays: 30,
  keepMegabytes: 500,
};
