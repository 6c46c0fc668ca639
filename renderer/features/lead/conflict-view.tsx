import { GitMerge } from 'lucide-react';
import { useId, useMemo, useRef, useState } from 'react';

import type { ItemNow } from '../../../shared/contracts/ipc/lead.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { Chip } from '../../ui/chip.js';
import { useFocusHome } from '../../ui/use-focus-home.js';
import type { Editor } from './editors-store.js';
import { personOf } from './item-names.js';
import { useEditors } from './lead-stores.js';
import { conflictsOf, merged, type FieldConflict, type Side } from './merge.js';

const text = strings.leadEditor.conflict;
const fields: Readonly<Record<string, unknown>> = strings.leadEditor.field;

interface ConflictViewProps {
  readonly editor: Editor;
  readonly theirs: ItemNow;
}

/** The other's edit beside mine, field by field; what is chosen goes back into the fields and is not saved before the lead does. */
export function ConflictView({ editor: { key, base, mine }, theirs }: ConflictViewProps) {
  const place = useRef<HTMLDivElement>(null);
  useFocusHome(place);
  const settle = useEditors((state) => state.settle);
  const conflicts = useMemo(
    () => (mine && theirs.content ? conflictsOf(base.content, mine, theirs.content) : []),
    [base, mine, theirs],
  );
  const [chosen, setChosen] = useState<Readonly<Record<string, Side>>>({});
  const sideOf = ({ path, proposed }: FieldConflict): Side => chosen[path] ?? proposed;
  const name = theirs.edit ? personOf(theirs.edit.by) : text.somebody;
  const isOneRetired = mine === null || theirs.content === null;
  return (
    <div ref={place} className="lead-conflict" role="group" aria-label={text.title(name)}>
      <Callout tone="warn" icon={<GitMerge aria-hidden />} title={text.title(name)}>
        <p>{theirs.content === null ? text.retired : text.why}</p>
      </Callout>
      {isOneRetired ? (
        <div className="lead-foot">
          <Button onClick={() => settle(key, theirs.content)}>{text.letGo}</Button>
          <Button variant="primary" onClick={() => settle(key, mine)}>
            {text.bringBack}
          </Button>
        </div>
      ) : (
        <>
          {conflicts.length === 0 && <p className="lead-hint">{text.same}</p>}
          {conflicts.map((conflict) => (
            <Field
              key={conflict.path}
              conflict={conflict}
              side={sideOf(conflict)}
              onChoose={(side) => setChosen({ ...chosen, [conflict.path]: side })}
            />
          ))}
          <div className="lead-foot">
            <Button onClick={() => settle(key, theirs.content)}>{text.takeTheirs}</Button>
            <Button onClick={() => settle(key, mine)}>{text.takeMine}</Button>
            <Button variant="primary" onClick={() => settle(key, merged(mine, conflicts, sideOf))}>
              {text.merge}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

interface FieldProps {
  readonly conflict: FieldConflict;
  readonly side: Side;
  readonly onChoose: (side: Side) => void;
}

function Field({ conflict: { path, mine, theirs, isBoth }, side, onChoose }: FieldProps) {
  const name = useId();
  const label = fields[path];
  return (
    <fieldset className="lead-conflict-field">
      <legend>
        {typeof label === 'string' ? label : path}
        {isBoth && <Chip tone="warn">{text.both}</Chip>}
      </legend>
      {(['mine', 'theirs'] as const).map((each) => (
        <label key={each} className="lead-side" data-chosen={side === each}>
          <span className="lead-side-name">
            <input type="radio" name={name} checked={side === each} onChange={() => onChoose(each)} />
            {text[each]}
          </span>
          <span className="lead-side-text" dir="auto">
            {valueText(each === 'mine' ? mine : theirs) || text.empty}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** A field's value as a person reads it: a list line by line, a rule with its parts in one line. */
function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(valueText).join('\n');
  if (typeof value === 'object')
    return Object.values(value)
      .map((part) => (Array.isArray(part) ? part.join(', ') : valueText(part)))
      .filter(Boolean)
      .join(' · ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
