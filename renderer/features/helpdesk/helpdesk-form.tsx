import { ArrowLeft } from 'lucide-react';
import type { RefObject } from 'react';

import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { SelectField, TextField } from '../../ui/field.js';
import { helpdeskKindNames, type HelpdeskFields } from './helpdesk-fields.js';
import { useHelpdesk } from './helpdesk-store.js';
import { TokenHelp } from './token-help.js';

const text = strings.helpdesk;

interface HelpdeskFormProps {
  readonly fields: HelpdeskFields;
  readonly first: RefObject<HTMLElement | null>;
}

/** Connects a helpdesk or changes one: everything it says comes from the table of kinds. */
export function HelpdeskForm({ fields, first }: HelpdeskFormProps) {
  const { id, kind, name, address, token } = fields;
  const edit = useHelpdesk((state) => state.edit);
  const chooseKind = useHelpdesk((state) => state.chooseKind);
  const test = useHelpdesk((state) => state.test);
  const save = useHelpdesk((state) => state.save);
  const back = useHelpdesk((state) => state.back);
  const busy = useHelpdesk((state) => state.busy);
  const problemOf = useProblem();
  const tokenHint = useTokenHint(id);
  const words = text.kinds[kind];
  const title = id === null ? text.form.add : text.form.change(name);
  const isBusy = busy !== 'no';
  return (
    <form
      className="helpdesk-form"
      aria-label={title}
      aria-busy={isBusy}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void test();
      }}
    >
      <Button variant="quiet" icon={<ArrowLeft aria-hidden />} onClick={back}>
        {text.back}
      </Button>
      <h3 ref={first as RefObject<HTMLHeadingElement | null>} tabIndex={-1}>
        {title}
      </h3>
      {id === null && (
        <SelectField
          label={text.form.kind}
          value={kind}
          options={helpdeskKindNames.map((value) => ({ value, label: text.kinds[value].label }))}
          onChange={chooseKind}
        />
      )}
      <TextField
        label={text.form.address}
        hint={words.addressHint}
        problem={problemOf('address')}
        placeholder={words.addressExample}
        value={address}
        onChange={(value) => edit({ address: value })}
      />
      <Options fields={fields} />
      <TokenHelp kind={kind} />
      <TextField
        type="password"
        label={words.tokenLabel}
        hint={tokenHint}
        problem={problemOf('token')}
        value={token}
        maxLength={4096}
        onChange={(value) => edit({ token: value })}
      />
      <TextField
        label={text.form.name}
        hint={text.form.nameHint}
        problem={problemOf('name')}
        value={name}
        maxLength={80}
        onChange={(value) => edit({ name: value })}
      />
      <div className="helpdesk-foot">
        {/* Not disabled while busy: the focus would be lost. A second press does nothing. */}
        <Button type="submit" aria-disabled={isBusy}>
          {busy === 'testing' ? text.form.testing : text.form.test}
        </Button>
        <Button variant="primary" aria-disabled={isBusy} onClick={() => void save()}>
          {busy === 'saving' ? text.form.saving : text.form.save}
        </Button>
      </div>
    </form>
  );
}

function Options({ fields: { kind, options } }: { readonly fields: HelpdeskFields }) {
  const setOption = useHelpdesk((state) => state.setOption);
  const problemOf = useProblem();
  return text.kinds[kind].options.map(({ key, label, hint, choices }) => {
    const common = { label, hint, value: options[key] ?? '', problem: problemOf(`option.${key}`) };
    const onChange = (value: string): void => setOption(key, value);
    return choices ? (
      <SelectField key={`${kind}.${key}`} {...common} options={choices} onChange={onChange} />
    ) : (
      <TextField key={`${kind}.${key}`} {...common} onChange={onChange} />
    );
  });
}

/** What is wrong with a field, as the last test or save found. */
function useProblem(): (field: string) => string | undefined {
  const outcome = useHelpdesk((state) => state.outcome);
  return (field) =>
    outcome.kind === 'field' && outcome.problem.field === field ? outcome.problem.text : undefined;
}

/** Where the token is kept, and whether there is one. */
function useTokenHint(id: string | null): string {
  const view = useHelpdesk((state) => state.view);
  const kept = view?.helpdesks.find(({ connection }) => connection.id === id)?.token ?? 'none';
  const where = view?.canStoreKeys ? text.form.keptStored : text.form.keptThisRun;
  return kept === 'none' ? where : `${text.form.tokenKept} ${where}`;
}
