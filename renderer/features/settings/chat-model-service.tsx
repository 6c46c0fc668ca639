import { Send } from 'lucide-react';

import { modelPresets } from '../../../shared/domain/model-presets.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { CheckField, NumberField, SelectField, TextField } from '../../ui/field.js';
import { presetOf, type ChatFieldProblem } from './chat-model-fields.js';
import { useChatModel } from './chat-model-store.js';
import { hostOf } from './search-model-fields.js';

const text = strings.chatModel;
const presets = modelPresets.map(({ id, name }) => ({ value: id, label: name }));

const useProblem = (name: ChatFieldProblem): string | undefined =>
  useChatModel(({ outcome }) =>
    outcome.kind === 'field' && outcome.problem === name ? text.fieldProblem[name] : undefined,
  );

/** Which service, and plainly what is sent there. */
export function ChatModelService() {
  const fields = useChatModel((state) => state.fields);
  const edit = useChatModel((state) => state.edit);
  const choosePreset = useChatModel((state) => state.choosePreset);
  const addressProblem = useProblem('address');
  const modelProblem = useProblem('model');
  const preset = presetOf(fields.preset);
  return (
    <>
      <SelectField label={text.preset} value={fields.preset} options={presets} onChange={choosePreset} />
      <TextField
        label={text.address}
        type="url"
        value={fields.address}
        placeholder={preset.baseUrl}
        problem={addressProblem}
        onChange={(address) => edit({ address })}
      />
      <TextField
        label={text.model}
        value={fields.model}
        placeholder={preset.exampleModel}
        problem={modelProblem}
        onChange={(model) => edit({ model })}
      />
      {preset.needsKey && <Keys />}
      <Destination address={fields.address.trim()} />
      <More />
    </>
  );
}

function Destination({ address }: { readonly address: string }) {
  const place = hostOf(address);
  if (!place) return null;
  const isHere = /^(localhost|127\.|\[::1\])/.test(place.host);
  if (isHere) return <p className="search-model-hint">{text.stays(place.host)}</p>;
  return (
    <Callout tone="warn" icon={<Send aria-hidden />} title={text.sent(place.host)}>
      {place.isOpen && <p>{text.unencrypted}</p>}
    </Callout>
  );
}

/** The key, where the one of this address is, and where one that is entered would go. */
function Keys() {
  const fields = useChatModel((state) => state.fields);
  const view = useChatModel((state) => state.view);
  const edit = useChatModel((state) => state.edit);
  const forget = useChatModel((state) => state.forgetKey);
  const { secretHeader } = presetOf(fields.preset);
  const connection = view?.settings.connections.find(({ id }) => id === fields.preset);
  const isKnown = connection?.baseUrl === fields.address.trim();
  const place = isKnown ? view?.keys[fields.preset]?.key : undefined;
  const known = strings.searchModel;
  return (
    <>
      <TextField
        label={text.key}
        type="password"
        value={fields.key}
        hint={place === undefined ? undefined : known.keyPlace[place]}
        onChange={(key) => edit({ key })}
      />
      {secretHeader !== undefined && (
        <TextField
          label={text.secretHeader(secretHeader)}
          type="password"
          value={fields.secretHeader}
          onChange={(value) => edit({ secretHeader: value })}
        />
      )}
      {fields.key !== '' && view?.canStoreKeys === false && (
        <p className="search-model-hint">{known.keyNotStored}</p>
      )}
      {(place === 'stored' || place === 'this_run') && (
        <Button variant="quiet" onClick={() => void forget()}>
          {known.forgetKey}
        </Button>
      )}
    </>
  );
}

function More() {
  const fields = useChatModel((state) => state.fields);
  const edit = useChatModel((state) => state.edit);
  const smallProblem = useProblem('small');
  const variableProblem = useProblem('keyVariable');
  const { protocol, needsKey } = presetOf(fields.preset);
  return (
    <details className="search-model-more chat-model-part" open={smallProblem !== undefined || undefined}>
      <summary>{text.more}</summary>
      <TextField
        label={text.small}
        value={fields.small}
        problem={smallProblem}
        onChange={(small) => edit({ small })}
      />
      <TextField label={text.fallback} value={fields.fallback} onChange={(fallback) => edit({ fallback })} />
      <NumberField
        label={text.contextTokens}
        value={fields.contextTokens}
        {...{ min: 1000, max: 10_000_000, step: 1000 }}
        onChange={(contextTokens) => edit({ contextTokens })}
      />
      {needsKey && (
        <TextField
          label={text.keyVariable}
          value={fields.keyVariable}
          placeholder="OPENAI_API_KEY"
          problem={variableProblem}
          onChange={(keyVariable) => edit({ keyVariable })}
        />
      )}
      {protocol === 'openai' && (
        <TextField
          label={text.apiVersion}
          value={fields.apiVersion}
          placeholder="2024-10-21"
          onChange={(apiVersion) => edit({ apiVersion })}
        />
      )}
      <CheckField
        label={text.usesCache}
        value={fields.usesCache}
        onChange={(usesCache) => edit({ usesCache })}
      />
    </details>
  );
}
