import { z } from 'zod';

import { UsedFile } from '../../domain/used-file.js';
import { ConversationRef } from './conversation.js';
import { defineRoute } from './define-route.js';

/** One file of a message. Its name and kind are what the helpdesk says of it, never what the window says. */
export const AttachmentRef = ConversationRef.extend({
  messageId: z.string().min(1).max(400),
  attachmentId: z.string().min(1).max(400),
});
export type AttachmentRef = z.infer<typeof AttachmentRef>;

/** An image that was looked at: of a kind and a size that is safe to show. */
export const ShownImage = z.object({
  /** `data:image/png;base64,…`; PNG, JPEG, GIF or WebP. */
  source: z.string().regex(/^data:image\/(?:png|jpeg|gif|webp);base64,/),
  /** In pixels. */
  width: z.int().positive(),
  height: z.int().positive(),
});
export type ShownImage = z.infer<typeof ShownImage>;

/** What the window may ask about files of messages. Nothing is loaded before the rep asks. */
export const attachmentRoutes = {
  'attachment.show': defineRoute({ input: AttachmentRef, output: ShownImage }),
  /** Asks where to; gives null when that dialog was closed. */
  'attachment.save': defineRoute({
    input: AttachmentRef,
    output: z.object({ path: z.string() }).nullable(),
  }),
  /** Reads the text of a customer's file and makes the card again with it. */
  'attachment.use': defineRoute({ input: AttachmentRef, output: z.array(UsedFile) }),
  /** Forgets the text and makes the card again without it. */
  'attachment.remove': defineRoute({ input: AttachmentRef, output: z.array(UsedFile) }),
  'attachment.used': defineRoute({ input: ConversationRef, output: z.array(UsedFile) }),
} as const;

export const attachmentEvents = {
  'attachment.changed': z.object({ conversationId: z.string(), files: z.array(UsedFile) }),
} as const;
