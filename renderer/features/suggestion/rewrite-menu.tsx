import { WandSparkles } from 'lucide-react';

import type { RewriteAction } from '../../../shared/domain/rewrite.js';
import { strings } from '../../app/strings.js';
import { IconButton } from '../../ui/button.js';
import { Menu, type MenuItem } from '../../ui/menu.js';
import { useSuggestion } from './suggestion-store.js';

const text = strings.rewrite;
const languageNames = new Intl.DisplayNames(['en'], { type: 'language' });

/** Offered where the customer's own language is not known or is English. */
const LANGUAGES = ['de', 'fr', 'es', 'it', 'nl'];
const TRANSLATE_KEYS = ['1', '2', '3', '4', '5', '6'];

interface RewriteMenuProps {
  /** ISO 639-1 code of what the customer writes, `und` when unknown. */
  readonly customerLanguage: string;
  readonly isDisabled: boolean;
  readonly onRewrite: (action: RewriteAction) => void;
}

/** Ways to say the same: each with its letter, and with the reason where it needs a model and there is none. */
export function RewriteMenu({ customerLanguage, isDisabled, onRewrite }: RewriteMenuProps) {
  const isOpen = useSuggestion((state) => state.isRewriteOpen);
  const setOpen = useSuggestion((state) => state.openRewrite);
  const noModel = useSuggestion((state) => state.noModel);
  const reason =
    noModel === 'not_set_up' ? text.needsModel : noModel === 'over_budget' ? text.overBudget : null;
  const item = (action: RewriteAction, label: string, keyHint: string): MenuItem => ({
    ...{ id: label, label, keyHint },
    // Taking sentences out needs no model.
    unavailable: action.kind === 'shorter' ? null : reason,
    onSelect: () => onRewrite(action),
  });
  const languages = [...new Set([customerLanguage, ...LANGUAGES])].filter(
    (code) => code !== 'und' && code !== 'en',
  );
  const items = [
    item({ kind: 'shorter' }, text.action.shorter, 'S'),
    item({ kind: 'longer' }, text.action.longer, 'L'),
    item({ kind: 'friendlier' }, text.action.friendlier, 'F'),
    item({ kind: 'more_formal' }, text.action.more_formal, 'O'),
    item({ kind: 'fix_grammar' }, text.action.fix_grammar, 'G'),
    ...languages.map((language, at) =>
      item(
        { kind: 'translate', language },
        text.translateTo(languageNames.of(language) ?? language),
        TRANSLATE_KEYS[at] ?? '',
      ),
    ),
  ];
  return (
    <Menu
      label={text.label}
      items={items}
      isOpen={isOpen && !isDisabled}
      onOpenChange={(isOpenNow) => void setOpen(isOpenNow)}
      trigger={
        <IconButton
          label={text.open}
          keyHint="M"
          showKey
          aria-keyshortcuts="m"
          icon={<WandSparkles aria-hidden />}
          disabled={isDisabled}
        />
      }
    />
  );
}
