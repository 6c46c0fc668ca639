import { encodeFrames } from '../../release/segment-frames.js';
import { SEGMENT_FRAMES } from '../../shared/contracts/hub/define-endpoint.js';
import type { Handlers } from '../http/handlers.js';
import { sendFrames } from './pack-frames.js';
import type { SegmentService } from './segment-service.js';

export function segmentHandlers(
  segments: SegmentService,
): Handlers<'segments.missing' | 'segments.store' | 'segments.fetch'> {
  return {
    'segments.missing': async ({ principal, body }) => ({
      missing: await segments.missing(principal.workspaceId, body.hashes),
    }),
    'segments.store': async ({ principal, request }) => {
      // The stream itself, unpacked: its parser hands it over as it comes.
      const stored = await segments.store(principal.workspaceId, request.body as AsyncIterable<Uint8Array>);
      return { stored };
    },
    'segments.fetch': async ({ principal, body, request, reply }) => {
      const frames = encodeFrames(segments.read(principal.workspaceId, body.hashes));
      await sendFrames(request, reply.type(SEGMENT_FRAMES), frames);
    },
  };
}
