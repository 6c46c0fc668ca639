import { Send } from 'lucide-react';
import type { HTMLInputTypeAttribute } from 'react';

import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { hostOf, type FieldProblem, type ModelFields } from './search-model-fields.js';
import { useSearchModel } from './search-model-store.js';

const text = strings.searchModel;

/** Address, model and key of a service, and plainly what is sent there. */
export function ServiceFields() {
  const host = useSearchModel((state) => hostOf(state.fields.address.trim())?.host);
  const isOpen = useSearchModel((state) => hostOf(state.fields.address.trim())?.isOpen === true);
  return (
    <>
      <Callout
        tone="warn"
        icon={<Send aria-hidden />}
        title={host === undefined ? text.sentNowhereYet : text.sent(host)}
      >
        {isOpen && <p>{text.unencrypted}</p>}
      </Callout>
      <Field name="address" label={text.address} example={text.addressExample} type="url" />
      <Field name="model" label={text.model} example={text.modelExample} />
      <Field name="key" label={text.key} type="password" />
      <KeyHint />
      <details className="search-model-more">
        <summary>{text.more}</summary>
        <Field name="keyVariable" label={text.keyVariable} example="OPENAI_API_KEY" />
        <Field name="queryPrefix" label={text.queryPrefix} example="query: " />
        <Field name="passagePrefix" label={text.passagePrefix} example="passage: " />
        <Field name="dimensions" label={text.dimensions} />
      </details>
    </>
  );
}

/** Where the key of this address is, and where one that is entered would go. */
function KeyHint() {
  const view = useSearchModel((state) => state.view);
  const address = useSearchModel((state) => state.fields.address.trim());
  const hasNewKey = useSearchModel((state) => state.fields.key !== '');
  const forget = useSearchModel((state) => state.forgetKey);
  if (!view) return null;
  const { settings, key, canStoreKeys } = view;
  const isChosen = settings.kind === 'openai_compatible' && settings.baseUrl === address;
  return (
    <>
      {isChosen && <p className="search-model-hint">{text.keyPlace[key]}</p>}
      {hasNewKey && !canStoreKeys && <p className="search-model-hint">{text.keyNotStored}</p>}
      {isChosen && (key === 'stored' || key === 'this_run') && (
        <Button variant="quiet" onClick={() => void forget()}>
          {text.forgetKey}
        </Button>
      )}
    </>
  );
}

interface FieldProps {
  readonly name: Exclude<keyof ModelFields, 'kind' | 'dir' | 'unseen'>;
  readonly label: string;
  readonly example?: string;
  readonly type?: HTMLInputTypeAttribute;
}

function Field({ name, label, example, type = 'text' }: FieldProps) {
  const value = useSearchModel((state) => state.fields[name]);
  const edit = useSearchModel((state) => state.edit);
  const problem = useSearchModel(({ outcome }): FieldProblem | null =>
    outcome.kind === 'field' ? outcome.problem : null,
  );
  return (
    <label className="search-model-field">
      <span>{label}</span>
      <input
        type={type}
        value={value}
        placeholder={example}
        autoComplete="off"
        spellCheck={false}
        maxLength={2000}
        aria-invalid={problem === name}
        onChange={(event) => edit({ [name]: event.target.value })}
      />
    </label>
  );
}
