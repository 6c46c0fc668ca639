import { Shuffle } from 'lucide-react';

import { strings } from '../../app/strings.js';
import { IconButton } from '../../ui/button.js';
import { Menu, type MenuItem } from '../../ui/menu.js';
import type { CardHandlers } from './card-handlers.js';
import type { Version } from './card-state.js';
import { nextVariant, selectCard, useSuggestion } from './suggestion-store.js';
import { versionCounts, versionName } from './version-name.js';
import { versionKey, versionOf, versionsOf } from './versions.js';

const text = strings.alternatives;
const none: readonly Version[] = [];

interface AlternativesMenuProps {
  readonly isDisabled: boolean;
  readonly handlers: Pick<CardHandlers, 'alternative' | 'chooseAlternative'>;
}

/** Every version of the reply to this message, each with its number and its verdicts, and one more on request. */
export function AlternativesMenu({ isDisabled, handlers }: AlternativesMenuProps) {
  const isOpen = useSuggestion((state) => state.isAlternativesOpen);
  const setOpen = useSuggestion((state) => state.openAlternatives);
  const card = useSuggestion(selectCard);
  const kept = useSuggestion((state) => state.kept);
  const ready = card?.kind === 'ready' ? card : null;
  const versions = ready ? versionsOf(ready, kept[ready.suggestion.conversationId] ?? none) : none;
  const shown = ready && versionKey(versionOf(ready));
  const items = versions.map((version, at): MenuItem => {
    const key = versionKey(version);
    return {
      ...{ id: key, label: versionName(version), detail: versionCounts(version), keyHint: String(at + 1) },
      isCurrent: key === shown,
      onSelect: () => handlers.chooseAlternative(key),
    };
  });
  const another: MenuItem = {
    id: 'another',
    label: text.another(strings.reply.variant[nextVariant[ready?.suggestion.variant ?? 'standard']]),
    keyHint: 'A',
    onSelect: handlers.alternative,
  };
  return (
    <Menu
      label={text.label}
      items={[...items, another]}
      isOpen={isOpen && !isDisabled}
      onOpenChange={setOpen}
      trigger={
        <IconButton
          label={versions.length > 1 ? text.openMany(versions.length) : text.open}
          keyHint="A"
          showKey
          aria-keyshortcuts="a"
          icon={<Shuffle aria-hidden />}
          disabled={isDisabled}
        />
      }
    />
  );
}
