import { Send } from 'lucide-react';

import type { TeamContents } from '../../../shared/contracts/ipc/lead.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Chip, type Tone } from '../../ui/chip.js';
import { Section } from '../../ui/section.js';
import { isTyped, type Editor } from './editors-store.js';
import { ItemFinder } from './item-finder.js';
import { nameOfItem, personOf } from './item-names.js';
import { keyOf } from '../../../shared/domain/item-key.js';
import { useDraft, useEditors } from './lead-stores.js';
import { LoadedView } from './loaded-view.js';

const text = strings.leadEditor;
type Mark = keyof typeof text.mark;
const tones: Record<Mark, Tone> = { added: 'good', edited: 'accent', retired: 'bad' };

/** What is edited already, what has typing in it, and the way to everything else. */
export function DraftList() {
  const contents = useDraft((state) => state.contents);
  const load = useDraft((state) => state.load);
  return (
    <LoadedView of={contents} onRetry={() => void load()}>
      {(now) => (
        <>
          <Edits contents={now} />
          <ItemFinder contents={now} />
        </>
      )}
    </LoadedView>
  );
}

interface Row {
  readonly key: string;
  readonly name: string;
  readonly mark: Mark | null;
  readonly by: string | null;
  readonly isTyped: boolean;
}

function Edits({ contents }: { readonly contents: TeamContents }) {
  const articles = useDraft((state) => state.articles);
  const showPublish = useDraft((state) => state.showPublish);
  const isPublishing = useDraft((state) => state.isPublishing);
  const editors = useEditors((state) => state.editors);
  const shown = useEditors((state) => state.shown);
  const open = useEditors((state) => state.open);
  const elsewhere = useDraft((state) => state.titles);
  const titles = new Map([
    ...Object.entries(elsewhere).map(([id, title]) => [`article/${id}`, title] as const),
    ...articles.map(({ id, title }) => [`article/${id}`, title] as const),
  ]);
  const rows = rowsOf(contents, editors, titles);
  return (
    <div className="lead-edits">
      <Section
        title={text.edits}
        aside={
          <Button
            variant="primary"
            icon={<Send aria-hidden />}
            aria-pressed={isPublishing}
            onClick={() => showPublish(true)}
          >
            {strings.lead.publish.open}
          </Button>
        }
      >
        {rows.length === 0 ? (
          <p className="lead-hint">{text.noEdits}</p>
        ) : (
          <ul aria-label={text.edits}>
            {rows.map((row) => (
              <li key={row.key}>
                <button
                  type="button"
                  className="lead-row"
                  aria-current={shown === row.key && !isPublishing}
                  onClick={() => {
                    showPublish(false);
                    void open(row.key);
                  }}
                >
                  <span className="lead-row-title">{row.name}</span>
                  {row.isTyped && <Chip tone="warn">{text.unsaved}</Chip>}
                  {row.mark && <Chip tone={tones[row.mark]}>{text.mark[row.mark]}</Chip>}
                  {row.by !== null && <span className="lead-row-note">{row.by}</span>}
                </button>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </div>
  );
}

/** Edits of the draft, then items with nothing but typing in them. */
function rowsOf(
  { edits, items, articleIds }: TeamContents,
  editors: Readonly<Record<string, Editor>>,
  titles: ReadonlyMap<string, string>,
): readonly Row[] {
  const published = new Set([...items.map(keyOf), ...articleIds.map((id) => `article/${id}`)]);
  const saved = edits.map(({ key, content, editedBy }): Row => {
    const editor = editors[key];
    const name = nameOfItem(key, content ?? items.find((item) => keyOf(item) === key) ?? null);
    return {
      ...{ key, by: personOf(editedBy), isTyped: editor !== undefined && isTyped(editor) },
      name: content === null ? (titles.get(key) ?? name) : name,
      mark: content === null ? 'retired' : published.has(key) ? 'edited' : 'added',
    };
  });
  const known = new Set(saved.map(({ key }) => key));
  const typed = Object.values(editors)
    .filter((editor) => !known.has(editor.key) && isTyped(editor))
    .map(({ key, mine }): Row => ({ key, name: nameOfItem(key, mine), mark: null, by: null, isTyped: true }));
  return [...saved, ...typed];
}
