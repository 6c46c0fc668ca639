import type { DraftContent } from '../../../../shared/domain/draft-item.js';
import { strings } from '../../../app/strings.js';
import { assertNever } from '../../../../shared/lib/assert-never.js';
import { LinesField } from '../../../ui/field.js';
import type { ItemProblems } from '../check-item.js';
import { ArticleForm } from './article-form.js';
import { EscalationForm } from './escalation-form.js';
import { IntentForm } from './intent-form.js';
import { MacroForm } from './macro-form.js';
import { PlaybookForm } from './playbook-form.js';
import { PolicyForm } from './policy-form.js';
import { PromptForm } from './prompt-form.js';
import { ProfileForm } from './profile-form.js';
import { ToolServerForm } from './tool-server-form.js';

interface ItemFormProps {
  readonly content: DraftContent;
  readonly isNew: boolean;
  readonly problems: ItemProblems;
  readonly onChange: (content: DraftContent) => void;
}

/** The fields of an item, by its kind. */
export function ItemForm({ content, isNew, problems, onChange }: ItemFormProps) {
  const problem = (path: string): string | undefined => {
    const found = problems[path];
    return found && strings.leadEditor.problem[found];
  };
  const common = { isNew, problem };
  switch (content.kind) {
    case 'article':
      return (
        <ArticleForm
          {...common}
          value={content.article}
          onChange={(article) => onChange({ kind: 'article', article })}
        />
      );
    case 'intent':
      return (
        <IntentForm
          {...common}
          value={content.intent}
          onChange={(intent) => onChange({ kind: 'intent', intent })}
        />
      );
    case 'macro':
      return (
        <MacroForm
          {...common}
          value={content.macro}
          onChange={(macro) => onChange({ kind: 'macro', macro })}
        />
      );
    case 'prompt':
      return (
        <PromptForm
          {...common}
          value={content.prompt}
          onChange={(prompt) => onChange({ kind: 'prompt', prompt })}
        />
      );
    case 'policy':
      return (
        <PolicyForm
          {...common}
          value={content.policy}
          onChange={(policy) => onChange({ kind: 'policy', policy })}
        />
      );
    case 'playbook':
      return (
        <PlaybookForm
          {...common}
          value={content.playbook}
          onChange={(playbook) => onChange({ kind: 'playbook', playbook })}
        />
      );
    case 'tool-server':
      return (
        <ToolServerForm
          {...common}
          value={content.toolServer}
          onChange={(toolServer) => onChange({ kind: 'tool-server', toolServer })}
        />
      );
    case 'profile':
      return (
        <ProfileForm
          {...common}
          value={content.profile}
          onChange={(profile) => onChange({ kind: 'profile', profile })}
        />
      );
    case 'escalation':
      return (
        <EscalationForm
          {...common}
          value={content.escalation}
          onChange={(escalation) => onChange({ kind: 'escalation', escalation: [...escalation] })}
        />
      );
    case 'out-of-scope':
      return (
        <LinesField
          label={strings.leadEditor.field.outOfScope}
          rows={12}
          value={content.outOfScope}
          onChange={(outOfScope) => onChange({ kind: 'out-of-scope', outOfScope })}
        />
      );
    default:
      return assertNever(content, 'content');
  }
}
