import { useState } from 'react';

import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { ScrollArea } from '../../ui/scroll-area.js';
import { Segmented } from '../../ui/segmented.js';
import { laidOut, piecesOf } from './ledger-words.js';

const text = strings.ledger;
const FORMS = ['exact', 'readable'] as const;
type Form = (typeof FORMS)[number];
/** More is shown when it is asked for. */
const SHOWN_CHARACTERS = 40_000;

/** What was sent, with the placeholders marked; as it was, or laid out for reading. */
export function SentBody({ body, isEmpty }: { readonly body: string | null; readonly isEmpty: boolean }) {
  const [form, setForm] = useState<Form>('exact');
  const [isWhole, showWhole] = useState(false);
  if (isEmpty) return <p className="ledger-hint">{text.noBody}</p>;
  if (body === null) return <p className="ledger-hint">{text.notText}</p>;
  const all = form === 'exact' ? body : laidOut(body);
  const shown = isWhole ? all : all.slice(0, SHOWN_CHARACTERS);
  return (
    <div className="ledger-body">
      <div className="ledger-line">
        <h4>{text.body}</h4>
        <Segmented
          label={text.bodyForm}
          isLabelHidden
          value={form}
          options={FORMS.map((value) => ({ value, label: text.bodyForms[value] }))}
          onChange={setForm}
        />
      </div>
      <ScrollArea className="ledger-bytes" role="group" aria-label={text.body}>
        <pre>
          {piecesOf(shown).map(({ plain, placeholder }, at) => (
            <span key={at}>
              {plain}
              {placeholder !== null && <mark title={text.placeholder}>{placeholder}</mark>}
            </span>
          ))}
        </pre>
      </ScrollArea>
      {shown.length < all.length && (
        <Button variant="quiet" onClick={() => showWhole(true)}>
          {text.bodyCut(all.length)}
        </Button>
      )}
    </div>
  );
}
