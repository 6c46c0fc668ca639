import type { DraftContent } from '../../../shared/domain/draft-item.js';
import { strings } from '../../app/strings.js';
import { titleOfItem } from './items.js';

const text = strings.leadEditor;

/** What a person calls the item of a key, with its content where that is known. */
export function nameOfItem(key: string, content: DraftContent | null): string {
  const title = content && titleOfItem(content);
  if (title !== null && title !== '') return title;
  const [kind = '', ...rest] = key.split('/');
  const id = rest.join('/');
  if (content?.kind === 'policy') return text.policyOf(content.policy.tool || text.untitled);
  if (kind === 'team') return text.teamItem[id as keyof typeof text.teamItem];
  if (kind === 'prompt') return text.promptOf(text.stage[id as keyof typeof text.stage]);
  return id.startsWith(' new') ? text.untitled : id;
}

/** The person of `Ada Lind <id>`, as the hub names who did something. */
export const personOf = (actor: string): string => actor.replace(/ <[^<>]*>$/, '');
