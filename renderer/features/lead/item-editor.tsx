import { Archive, CircleAlert, MessageSquareQuote, Trash2, Undo2 } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';

import type { DraftContent } from '../../../shared/domain/draft-item.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { Chip } from '../../ui/chip.js';
import { Question } from '../../ui/question.js';
import { ConflictView } from './conflict-view.js';
import { isTyped, type Editor } from './editors-store.js';
import { ItemForm } from './editors/item-form.js';
import { nameOfItem, personOf } from './item-names.js';
import { useEditors } from './lead-stores.js';
import { Problem } from './loaded-view.js';

const text = strings.leadEditor;

interface ItemEditorProps {
  readonly editor: Editor;
  readonly onSay: (text: string) => void;
}

/** One item: its fields, how it stands, and what can be done with it. Ctrl+S saves. */
export function ItemEditor({ editor, onSay }: ItemEditorProps) {
  const { key, mine, base, theirs, isNew, hint, error, problems, busy } = editor;
  const change = useEditors((state) => state.change);
  const save = useEditors((state) => state.save);
  const isDirty = isTyped(editor);
  const submit = useCallback(
    () =>
      void save(key).then((saved) => {
        if (saved !== null) onSay(text.saved);
      }),
    [key, save, onSay],
  );
  useSaveKey(submit);
  return (
    <form
      className="lead-editor"
      tabIndex={-1}
      aria-label={nameOfItem(key, mine ?? base.content)}
      aria-busy={busy !== 'no'}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <header className="lead-editor-head">
        <h3>{nameOfItem(key, mine ?? base.content)}</h3>
        <Standing editor={editor} />
      </header>
      {hint !== null && (
        <Callout tone="accent" icon={<MessageSquareQuote aria-hidden />} title={hint}>
          {null}
        </Callout>
      )}
      {theirs && <ConflictView editor={editor} theirs={theirs} />}
      {!theirs && mine === null && (
        <Callout tone="neutral" icon={<Archive aria-hidden />} title={text.retired}>
          {null}
        </Callout>
      )}
      {!theirs && mine !== null && (
        <ItemForm
          content={mine}
          isNew={isNew}
          problems={problems}
          onChange={(next: DraftContent) => change(key, next)}
        />
      )}
      {Object.keys(problems).length > 0 && (
        <div role="alert">
          <Callout tone="bad" icon={<CircleAlert aria-hidden />} title={text.fix}>
            {null}
          </Callout>
        </div>
      )}
      {error && <Problem error={error} />}
      {!theirs && <Foot editor={editor} isDirty={isDirty} />}
    </form>
  );
}

/** Ctrl+S, wherever in the desk the focus is. */
function useSaveKey(save: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      save();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [save]);
}

function Standing({ editor: { isNew, base, mine } }: { readonly editor: Editor }) {
  if (isNew) return <Chip tone="good">{text.isNew}</Chip>;
  if (mine === null && base.content === null) return <Chip tone="bad">{text.mark.retired}</Chip>;
  if (base.edit) return <Chip tone="accent">{text.editedBy(personOf(base.edit.by))}</Chip>;
  return <Chip>{text.published}</Chip>;
}

function Foot({ editor, isDirty }: { readonly editor: Editor; readonly isDirty: boolean }) {
  const [asked, setAsked] = useState<'no' | 'retire' | 'discard'>('no');
  const retire = useEditors((state) => state.retire);
  const discard = useEditors((state) => state.discard);
  const revert = useEditors((state) => state.revert);
  const { key, base, isNew, mine, busy } = editor;
  const isBusy = busy !== 'no';
  if (asked === 'retire')
    return (
      <Question
        title={text.retireTitle}
        icon={<Archive aria-hidden />}
        yes={text.retireYes}
        no={text.keep}
        isDanger
        isBusy={isBusy}
        onNo={() => setAsked('no')}
        onYes={() => void retire(key).then(() => setAsked('no'))}
      >
        <p>{text.retireWhat}</p>
      </Question>
    );
  if (asked === 'discard')
    return (
      <Question
        title={text.discardTitle}
        icon={<Trash2 aria-hidden />}
        yes={text.discardYes}
        no={text.keep}
        isDanger
        isBusy={isBusy}
        onNo={() => setAsked('no')}
        onYes={() => void discard(key).then(() => setAsked('no'))}
      >
        <p>{text.discardWhat}</p>
      </Question>
    );
  return (
    <div className="lead-foot">
      {base.content !== null && !isNew && (
        <Button variant="quiet" icon={<Archive aria-hidden />} onClick={() => setAsked('retire')}>
          {text.retire}
        </Button>
      )}
      {base.edit && (
        <Button variant="quiet" icon={<Trash2 aria-hidden />} onClick={() => setAsked('discard')}>
          {text.discard}
        </Button>
      )}
      <span className="lead-gap" />
      {(isDirty || isNew) && (
        <Button variant="quiet" icon={<Undo2 aria-hidden />} onClick={() => revert(key)}>
          {text.revert}
        </Button>
      )}
      {mine !== null && (
        // Not disabled while busy: the focus would be lost. A second press does nothing.
        <Button type="submit" variant="primary" keyHint="Ctrl S" aria-disabled={isBusy || !isDirty}>
          {busy === 'saving' ? text.saving : text.save}
        </Button>
      )}
    </div>
  );
}
