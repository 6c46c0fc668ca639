import type { attachmentRoutes } from '../../../shared/contracts/ipc/attachment.js';
import type { AttachmentService } from '../../attachments/attachment-service.js';
import type { Handlers } from '../router.js';

export function attachmentHandlers(
  attachments: AttachmentService,
  chooseSaveFile: (suggestedName: string) => Promise<string | null>,
): Handlers<keyof typeof attachmentRoutes> {
  return {
    'attachment.show': (ref) => attachments.show(ref),
    'attachment.save': async (ref) => {
      const path = await attachments.save(ref, chooseSaveFile);
      return path === null ? null : { path };
    },
    'attachment.use': async (ref) => [...(await attachments.use(ref))],
    'attachment.remove': (ref) => [...attachments.remove(ref)],
    'attachment.used': ({ conversationId }) => [...attachments.used(conversationId)],
  };
}
