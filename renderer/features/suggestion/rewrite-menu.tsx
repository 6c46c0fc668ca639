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
const TRANSLATE_KEYS = ['1', '2', '3', '4', '5', '6', '7'];

interface RewriteMenuProps {
  readonly label: string;
  readonly keyHint: string;
  /** Whether the key stands on the button; else only in its tooltip. */
  readonly showsKey: boolean;
  /** As `aria-keyshortcuts` has it. */
  readonly shortcut: string;
  /** ISO 639-1 code of what the customer writes, `und` when unknown. */
  readonly customerLanguage: string;
  /** Whether the text may be in another language than English itself. */
  readonly offersEnglish: boolean;
  /** Whether sentences can be taken out without a model. */
  readonly shortensLocally: boolean;
  readonly isDisabled: boolean;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly onCloseFocus?: () => void;
  readonly onRewrite: (action: RewriteAction) => void;
}

/** Ways to say the same: each with its letter, and with the reason where it needs a model and there is none. */
export function RewriteMenu(props: RewriteMenuProps) {
  const { customerLanguage, offersEnglish, shortensLocally, isDisabled, isOpen, onRewrite } = props;
  const noModel = useSuggestion((state) => state.noModel);
  const reason =
    noModel === 'not_set_up' ? text.needsModel : noModel === 'over_budget' ? text.overBudget : null;
  const item = (action: RewriteAction, label: string, keyHint: string): MenuItem => ({
    ...{ id: label, label, keyHint },
    unavailable: action.kind === 'shorter' && shortensLocally ? null : reason,
    onSelect: () => onRewrite(action),
  });
  const languages = [...new Set([customerLanguage, ...LANGUAGES])].filter(
    (code) => code !== 'und' && code !== 'en',
  );
  if (offersEnglish) languages.push('en');
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
      label={props.label}
      items={items}
      isOpen={isOpen && !isDisabled}
      onOpenChange={props.onOpenChange}
      {...(props.onCloseFocus ? { onCloseFocus: props.onCloseFocus } : {})}
      trigger={
        <IconButton
          label={props.label}
          keyHint={props.keyHint}
          showKey={props.showsKey}
          aria-keyshortcuts={props.shortcut}
          icon={<WandSparkles aria-hidden />}
          disabled={isDisabled}
        />
      }
    />
  );
}
