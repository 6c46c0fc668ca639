import { RefreshCw, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import type { KnowledgeSource } from '../../../shared/domain/knowledge-source.js';
import { strings } from '../../app/strings.js';
import { Button, IconButton } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
import { Time } from '../../ui/time.js';
import { nameOf } from './source-name.js';
import { useSources } from './sources-store.js';

const text = strings.sources;

/** One source: what it is, how much came from it, and what can be done with it. */
export function SourceItem({ source }: { readonly source: KnowledgeSource }) {
  const { id, path, pool, isWatched, articles, importedAt } = source;
  const setWatched = useSources((state) => state.setWatched);
  const sync = useSources((state) => state.sync);
  const [isAsking, setAsking] = useState(false);
  const name = nameOf(path);
  return (
    <li className="source" data-source={id}>
      <div className="source-head">
        <span className="source-name">{name}</span>
        <IconButton label={text.sync(name)} icon={<RefreshCw aria-hidden />} onClick={() => void sync(id)} />
        <IconButton
          label={text.remove(name)}
          icon={<Trash2 aria-hidden />}
          aria-expanded={isAsking}
          onClick={() => setAsking(true)}
        />
      </div>
      <p className="path" title={path}>
        {path}
      </p>
      <div className="source-foot">
        <Chip tone={pool === 'cases' ? 'accent' : 'neutral'}>{text.pool[pool]}</Chip>
        {importedAt !== null && <span>{text.articles(articles, pool)}</span>}
        <span>
          {importedAt === null ? (
            text.never
          ) : (
            <>
              {text.importedAt} <Time iso={importedAt} />
            </>
          )}
        </span>
        <label className="check">
          <input
            type="checkbox"
            checked={isWatched}
            aria-label={`${text.watch}: ${name}`}
            onChange={(event) => void setWatched(id, event.target.checked)}
          />
          <span aria-hidden="true">{text.watch}</span>
        </label>
      </div>
      {isAsking && <RemoveQuestion source={source} name={name} onKeep={() => setAsking(false)} />}
    </li>
  );
}

interface RemoveQuestionProps {
  readonly source: KnowledgeSource;
  readonly name: string;
  readonly onKeep: () => void;
}

/** Removing takes articles out of every answer, so it is asked once; Enter alone keeps them. */
function RemoveQuestion({ source: { id, articles, pool }, name, onKeep }: RemoveQuestionProps) {
  const remove = useSources((state) => state.remove);
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  const question = text.removeQuestion(name, articles, pool);
  return (
    <div className="source-question" role="group" aria-label={question}>
      <p>{question}</p>
      <Button ref={keep} onClick={onKeep}>
        {text.keep}
      </Button>
      <Button
        variant="danger"
        onClick={() => {
          onKeep();
          void remove(id);
        }}
      >
        {text.removeNow}
      </Button>
    </div>
  );
}
