import { Copy, KeyRound, UserPlus } from 'lucide-react';
import { useEffect, useRef } from 'react';

import type { Role } from '../../../shared/domain/member.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { NumberField, SelectField, TextField } from '../../ui/field.js';
import { usePeople } from './lead-stores.js';

const text = strings.lead.members;

interface InviteFormProps {
  readonly isOperator: boolean;
  readonly onCopy: (text: string, confirmation: string) => void;
}

/** Invites somebody; the code is then shown this once. */
export function InviteForm({ isOperator, onCopy }: InviteFormProps) {
  const fields = usePeople((state) => state.fields);
  const edit = usePeople((state) => state.edit);
  const invite = usePeople((state) => state.invite);
  const isBusy = usePeople((state) => state.busy);
  const invited = usePeople((state) => state.invited);
  const roles: readonly Role[] = isOperator ? ['rep', 'lead', 'operator'] : ['rep'];
  if (invited) return <InviteCode {...invited} onCopy={onCopy} />;
  return (
    <form
      className="lead-form"
      aria-label={text.inviteTitle}
      onSubmit={(event) => {
        event.preventDefault();
        void invite();
      }}
    >
      <div className="lead-fields">
        <TextField
          label={text.name}
          maxLength={200}
          value={fields.name}
          onChange={(name) => edit({ name })}
        />
        <SelectField
          label={text.roleLabel}
          value={fields.role}
          options={roles.map((value) => ({ value, label: text.role[value] }))}
          onChange={(role) => edit({ role })}
        />
        <NumberField
          label={text.days}
          min={1}
          max={30}
          step={1}
          value={fields.days}
          onChange={(days) => edit({ days: Math.min(30, Math.max(1, Math.round(days ?? 1))) })}
        />
        <TextField
          label={text.email}
          type="email"
          maxLength={320}
          value={fields.email}
          onChange={(email) => edit({ email })}
        />
      </div>
      <div className="lead-foot">
        <p className="lead-hint">{!isOperator && text.leadMay}</p>
        <span className="lead-gap" />
        <Button
          type="submit"
          variant="primary"
          icon={<UserPlus aria-hidden />}
          disabled={fields.name.trim() === ''}
          aria-disabled={isBusy}
        >
          {text.invite}
        </Button>
      </div>
    </form>
  );
}

interface InviteCodeProps extends Pick<InviteFormProps, 'onCopy'> {
  readonly name: string;
  readonly text: string;
}

function InviteCode({ name, text: invitation, onCopy }: InviteCodeProps) {
  const putCodeAway = usePeople((state) => state.putCodeAway);
  const copy = useRef<HTMLButtonElement>(null);
  useEffect(() => copy.current?.focus(), []);
  return (
    <div className="lead-form" role="status">
      <Callout tone="accent" icon={<KeyRound aria-hidden />} title={text.codeTitle(name)}>
        <p>
          <code className="lead-code">{invitation}</code>
        </p>
        <p>{text.codeOnce}</p>
      </Callout>
      <div className="lead-foot">
        <Button onClick={putCodeAway}>{text.putAway}</Button>
        <Button
          ref={copy}
          variant="primary"
          icon={<Copy aria-hidden />}
          onClick={() => onCopy(invitation, text.copied)}
        >
          {text.copy}
        </Button>
      </div>
    </div>
  );
}
