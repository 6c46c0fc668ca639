import { useEffect, useRef, useState } from 'react';

import type { KnowledgePool } from '../../../shared/domain/knowledge-article.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Segmented } from '../../ui/segmented.js';
import { useSources } from './sources-store.js';

const text = strings.sources;
const pools = ['articles', 'cases'] as const satisfies readonly KnowledgePool[];

/** Asks what the chosen files are before they are read; nothing while nothing is chosen. */
export function NewSourceForm() {
  const chosen = useSources((state) => state.chosen);
  if (chosen.length === 0) return null;
  return <Form chosen={chosen} />;
}

function Form({ chosen }: { readonly chosen: readonly string[] }) {
  const addChosen = useSources((state) => state.addChosen);
  const forget = useSources((state) => state.forgetChosen);
  const [pool, setPool] = useState<KnowledgePool>(isConversations(chosen) ? 'cases' : 'articles');
  const [isWatched, setWatched] = useState(true);
  const submit = useRef<HTMLButtonElement>(null);
  useEffect(() => submit.current?.focus(), []);
  return (
    <form
      className="new-source"
      aria-label={text.choosing}
      onSubmit={(event) => {
        event.preventDefault();
        void addChosen({ pool, isWatched });
      }}
    >
      <ul aria-label={text.chosen}>
        {chosen.map((path) => (
          <li key={path} className="path">
            {path}
          </li>
        ))}
      </ul>
      <Segmented
        label={text.poolLabel}
        value={pool}
        options={pools.map((value) => ({ value, label: text.pool[value] }))}
        onChange={setPool}
      />
      <p className="new-source-hint">{text.poolHint[pool]}</p>
      <label className="check">
        <input type="checkbox" checked={isWatched} onChange={(event) => setWatched(event.target.checked)} />
        <span>{text.watch}</span>
      </label>
      <div className="new-source-foot">
        <Button onClick={forget}>{text.cancel}</Button>
        <Button ref={submit} type="submit" variant="primary">
          {text.add}
        </Button>
      </div>
    </form>
  );
}

/** Past conversations come as JSONL; nothing else does. */
const isConversations = (paths: readonly string[]): boolean =>
  paths.every((path) => path.toLowerCase().endsWith('.jsonl'));
