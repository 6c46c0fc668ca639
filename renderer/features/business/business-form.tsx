import { ArrowLeft } from 'lucide-react';
import type { RefObject } from 'react';

import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { AreaField, SelectField, TextField } from '../../ui/field.js';
import { useBusiness, type BusinessFields } from './business-store.js';

const text = strings.business;
const kindNames = Object.keys(text.kinds) as (keyof typeof text.kinds)[];

/** Connects a business system or changes one: everything it says comes from the table of kinds. */
export function BusinessForm(props: {
  readonly fields: BusinessFields;
  readonly first: RefObject<HTMLElement | null>;
}) {
  const { fields, first } = props;
  const { id, kind, name, address, options, secret } = fields;
  const edit = useBusiness((state) => state.edit);
  const add = useBusiness((state) => state.add);
  const test = useBusiness((state) => state.test);
  const save = useBusiness((state) => state.save);
  const back = useBusiness((state) => state.back);
  const isBusy = useBusiness((state) => state.isBusy);
  const view = useBusiness((state) => state.view);
  const words = text.kinds[kind];
  const title = id === null ? text.add : text.change(name);
  const isKept =
    view?.systems.some(({ system, secret: place }) => system.id === id && place !== 'none') ?? false;
  const where = view?.canStoreKeys ? text.keptStored : text.keptThisRun;
  return (
    <form
      className="business-form"
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
      {id === null && kindNames.length > 1 && (
        <SelectField
          label={text.kind}
          value={kind}
          options={kindNames.map((value) => ({ value, label: text.kinds[value].label }))}
          onChange={add}
        />
      )}
      <TextField
        label={text.address}
        hint={words.addressHint}
        placeholder={words.addressExample}
        value={address}
        onChange={(value) => edit({ address: value })}
      />
      {words.options.map(({ key, isLong, label, hint, required }) => {
        const field = {
          ...{ label, hint, value: options[key] ?? '' },
          onChange: (value: string) => edit({ options: { ...options, [key]: value } }),
        };
        return isLong ? (
          <AreaField
            key={`${kind}.${key}`}
            {...field}
            rows={required === null ? 4 : 8}
            isMono
            maxLength={400_000}
          />
        ) : (
          <TextField key={`${kind}.${key}`} {...field} />
        );
      })}
      <section aria-label={text.howTo} className="business-help">
        <strong>{text.howTo}</strong>
        <ol>
          {words.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <strong>{text.rights}</strong>
        <ul>
          {words.rights.map((right) => (
            <li key={right.name}>
              <code>{right.name}</code> {right.why}
            </li>
          ))}
        </ul>
      </section>
      <TextField
        type="password"
        label={words.secretLabel}
        hint={isKept ? `${text.kept} ${where}` : where}
        value={secret}
        maxLength={4096}
        onChange={(value) => edit({ secret: value })}
      />
      <TextField label={text.name} value={name} maxLength={80} onChange={(value) => edit({ name: value })} />
      <div className="business-foot">
        <Button type="submit" aria-disabled={isBusy}>
          {isBusy ? text.testing : text.test}
        </Button>
        <Button variant="primary" aria-disabled={isBusy} onClick={() => void save()}>
          {text.save}
        </Button>
      </div>
    </form>
  );
}
