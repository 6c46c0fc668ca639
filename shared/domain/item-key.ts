import type { DraftContent } from './draft-item.js';
import type { SegmentKey } from './release.js';

/** The key an item has in a release. In a file without schemas, for the window, which parses nothing. */
export function keyOf(content: DraftContent): SegmentKey {
  switch (content.kind) {
    case 'article':
      return `article/${content.article.id}`;
    case 'intent':
      return `intent/${content.intent.id}`;
    case 'macro':
      return `macro/${content.macro.id}`;
    case 'prompt':
      return `prompt/${content.prompt.stage}`;
    case 'policy':
      return `policy/${content.policy.tool}`;
    case 'playbook':
      return `playbook/${content.playbook.intent}`;
    case 'tool-server':
      return `tool-server/${content.toolServer.name}`;
    default:
      return `team/${content.kind}`;
  }
}
