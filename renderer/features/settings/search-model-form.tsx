import { CircleAlert, CircleCheck, FolderOpen } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';

import type { EmbedderSettings } from '../../../shared/domain/embedder-settings.js';
import { assertNever } from '../../../shared/lib/assert-never.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { Segmented } from '../../ui/segmented.js';
import { duration } from '../../ui/time.js';
import './search-model.css';
import { useSearchModel, type ModelOutcome } from './search-model-store.js';
import { ServiceFields } from './service-fields.js';

const text = strings.searchModel;
const kinds = [
  'bundled',
  'onnx_directory',
  'openai_compatible',
] as const satisfies readonly EmbedderSettings['kind'][];

/** Which model finds the passages: shown, tried with one text, and changed while all goes on. */
export function SearchModelForm({ status }: { readonly status: ReactNode }) {
  const load = useSearchModel((state) => state.load);
  const view = useSearchModel((state) => state.view);
  const fields = useSearchModel((state) => state.fields);
  const isEdited = useSearchModel((state) => state.isEdited);
  const edit = useSearchModel((state) => state.edit);
  const test = useSearchModel((state) => state.test);
  const use = useSearchModel((state) => state.use);
  const busy = useSearchModel((state) => state.busy);
  useEffect(() => void load(), [load]);
  const hasOutcome = useSearchModel((state) => state.outcome.kind !== 'none');
  const isBusy = busy !== 'no';
  return (
    <form
      className="search-model"
      aria-label={text.title}
      aria-busy={isBusy}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void test();
      }}
    >
      <Segmented
        label={text.title}
        value={fields.kind}
        options={kinds.map((value) => ({ value, label: text.kind[value] }))}
        onChange={(kind) => edit({ kind })}
      />
      {view?.problem && (
        <Callout tone="bad" icon={<CircleAlert aria-hidden />} title={view.problem.message}>
          {view.problem.detail !== undefined && <p>{view.problem.detail}</p>}
          <p>{view.problem.next}</p>
        </Callout>
      )}
      {fields.kind === 'bundled' && <p className="search-model-hint">{text.bundledHint}</p>}
      {fields.kind === 'onnx_directory' && <FolderField />}
      {fields.kind === 'openai_compatible' && <ServiceFields />}
      {fields.kind !== 'bundled' && <p className="search-model-hint">{text.confidenceHint}</p>}
      <InUse />
      {(isEdited || hasOutcome || fields.kind !== 'bundled' || view?.problem) && (
        <div className="search-model-foot">
          {/* Not disabled while busy: the focus would be lost. A second press does nothing. */}
          <Button type="submit" aria-disabled={isBusy}>
            {busy === 'testing' ? text.testing : text.test}
          </Button>
          <Button variant="primary" aria-disabled={isBusy} onClick={() => void use()}>
            {busy === 'applying' ? text.applying : text.use}
          </Button>
        </div>
      )}
      <Outcome />
      {status}
    </form>
  );
}

function FolderField() {
  const dir = useSearchModel((state) => state.fields.dir);
  const choose = useSearchModel((state) => state.chooseFolder);
  return (
    <>
      <p className="search-model-hint">{text.folderHint}</p>
      <div className="search-model-folder" role="group" aria-label={text.folder}>
        <span className="search-model-path" title={dir}>
          {dir === '' ? text.noFolder : dir}
        </span>
        <Button icon={<FolderOpen aria-hidden />} onClick={() => void choose()}>
          {text.chooseFolder}
        </Button>
      </div>
    </>
  );
}

/** What is in use while the fields say something else. */
function InUse() {
  const settings = useSearchModel((state) => state.view?.settings);
  const isEdited = useSearchModel((state) => state.isEdited);
  if (!settings || !isEdited) return null;
  return <p className="search-model-hint">{text.inUse(nameOf(settings))}</p>;
}

function nameOf(settings: EmbedderSettings): string {
  switch (settings.kind) {
    case 'bundled':
      return text.kind.bundled;
    case 'onnx_directory':
      return settings.dir;
    case 'openai_compatible':
      return text.modelAt(settings.model, new URL(settings.baseUrl).host);
    default:
      return assertNever(settings, 'settings');
  }
}

/** What became of the last test or change; heard as well as seen. */
function Outcome() {
  const outcome = useSearchModel((state) => state.outcome);
  return (
    <div className="search-model-outcome" role="status">
      {outcomeText(outcome)}
    </div>
  );
}

function outcomeText(outcome: ModelOutcome): ReactNode {
  switch (outcome.kind) {
    case 'none':
      return null;
    case 'field':
      return <Bad title={text.fieldProblem[outcome.problem]} />;
    case 'tried': {
      const { dimensions, durationMs } = outcome.trial;
      return <Good>{text.works(dimensions, duration(durationMs))}</Good>;
    }
    case 'applied':
      return <Good>{text.applied}</Good>;
    case 'failed': {
      const { message, detail, next } = outcome.error;
      return (
        <Bad title={message}>
          {detail !== undefined && <p>{detail}</p>}
          <p>{next}</p>
        </Bad>
      );
    }
    default:
      return assertNever(outcome, 'outcome');
  }
}

function Good({ children }: { readonly children: ReactNode }) {
  return (
    <p className="search-model-good">
      <CircleCheck aria-hidden />
      {children}
    </p>
  );
}

function Bad({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <Callout tone="bad" icon={<CircleAlert aria-hidden />} title={title}>
      {children}
    </Callout>
  );
}
