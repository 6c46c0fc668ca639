import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';

import type { TeamContents } from '../../../shared/contracts/ipc/lead.js';
import type { DraftContent } from '../../../shared/domain/draft-item.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
import { Section } from '../../ui/section.js';
import { SelectField, TextField } from '../../ui/field.js';
import type { ArticleRow } from './draft-store.js';
import { nameOfItem } from './item-names.js';
import { keyOf } from '../../../shared/domain/item-key.js';
import { PROMPTED } from '../../../shared/domain/stages.js';
import { GROUPS, TEAM_KINDS, type Group } from './items.js';
import { useDraft, useEditors, useLeadStores } from './lead-stores.js';

const text = strings.leadEditor;
const TYPING_PAUSE_MS = 200;
const SHOWN = 60;

interface Found {
  readonly key: string;
  readonly name: string;
  /** Of this computer's knowledge, and not the team's yet. */
  readonly isLocal?: boolean;
}

/** Finds something to edit: articles by title or by a question they answer, anything else by name. */
export function ItemFinder({ contents }: { readonly contents: TeamContents }) {
  const group = useDraft((state) => state.group);
  const choose = useDraft((state) => state.choose);
  const query = useDraft((state) => state.query);
  const search = useDraft((state) => state.search);
  const create = useEditors((state) => state.create);
  const showPublish = useDraft((state) => state.showPublish);
  const [typed, setTyped] = useState(query);
  useEffect(() => {
    if (typed === query) return;
    const timer = setTimeout(() => void search(typed), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, query, search]);
  const isNamed = group === 'team' || group === 'prompt';
  return (
    <div className="lead-finder">
      <Section
        title={text.find}
        aside={
          !isNamed && (
            <Button
              icon={<Plus aria-hidden />}
              onClick={() => {
                showPublish(false);
                create(group);
              }}
            >
              {text.makeNew[group]}
            </Button>
          )
        }
      >
        <div className="lead-finder-fields">
          <SelectField
            label={text.group}
            value={group}
            options={GROUPS.map((value) => ({ value, label: text.groups[value] }))}
            onChange={(value) => {
              setTyped('');
              choose(value);
            }}
          />
          {!isNamed && <TextField label={text.search} type="search" value={typed} onChange={setTyped} />}
        </div>
        <Results contents={contents} group={group} query={typed} />
      </Section>
    </div>
  );
}

interface ResultsProps {
  readonly contents: TeamContents;
  readonly group: Group;
  readonly query: string;
}

function Results({ contents, group, query }: ResultsProps) {
  const articles = useDraft((state) => state.articles);
  const titles = useDraft((state) => state.titles);
  const answering = useDraft((state) => state.answering);
  const shown = useEditors((state) => state.shown);
  const open = useOpenItem(contents, articles);
  const all = group === 'article' ? foundArticles(contents, articles, titles) : foundItems(contents, group);
  const words = query.trim().toLowerCase();
  const byName = all.filter(({ key, name }) => `${name} ${key}`.toLowerCase().includes(words));
  const byMeaning = (answering ?? []).flatMap((id) => all.find(({ key }) => key === `article/${id}`) ?? []);
  const found = [...new Map([...byName, ...byMeaning].map((each) => [each.key, each])).values()];
  if (found.length === 0)
    return <p className="lead-hint">{all.length === 0 ? text.none[group] : text.notFound}</p>;
  return (
    <>
      <ul aria-label={text.groups[group]}>
        {found.slice(0, SHOWN).map(({ key, name, isLocal = false }) => (
          <li key={key}>
            <button
              type="button"
              className="lead-row"
              aria-current={shown === key}
              onClick={() => void open(key, isLocal)}
            >
              <span className="lead-row-title">{name}</span>
              {isLocal && <Chip>{text.local}</Chip>}
            </button>
          </li>
        ))}
      </ul>
      {found.length > SHOWN && <p className="lead-hint">{text.showMore(found.length - SHOWN)}</p>}
    </>
  );
}

/** Opens an item; what the team does not have yet begins with what is on this computer, or empty. */
function useOpenItem(contents: TeamContents, articles: readonly ArticleRow[]) {
  const { draft, editors, playground } = useLeadStores();
  return async (key: string, isLocal: boolean): Promise<void> => {
    draft.getState().showPublish(false);
    const isThere =
      contents.items.some((item) => keyOf(item) === key) || contents.edits.some((edit) => edit.key === key);
    if (key.startsWith('article/')) {
      const article = isLocal ? articles.find(({ id }) => `article/${id}` === key) : undefined;
      const markdown = article ? await draft.getState().markdownOf(article.id) : null;
      if (!article || markdown === null) return editors.getState().open(key);
      const content: DraftContent = { kind: 'article', article: { ...article, markdown } };
      return editors.getState().open(key, { change: (now) => now ?? content });
    }
    if (isThere) return editors.getState().open(key);
    const [, id = ''] = key.split('/');
    const stage = PROMPTED.find((each) => each === id);
    if (stage) {
      const builtIn = await playground.getState().inForce(stage);
      const prompt = { stage, version: 1, text: builtIn?.text ?? '' };
      return editors.getState().create('prompt', { id, content: { kind: 'prompt', prompt } });
    }
    const kind = TEAM_KINDS.find((each) => each === id);
    if (kind) editors.getState().create(kind, { id });
  };
}

function foundArticles(
  { articleIds, edits }: TeamContents,
  articles: readonly ArticleRow[],
  titles: Readonly<Record<string, string>>,
): readonly Found[] {
  const released = new Set(articleIds);
  const drafted = new Map<string, string>(
    edits.flatMap(({ content }) =>
      content?.kind === 'article' ? [[content.article.id, content.article.title] as const] : [],
    ),
  );
  const known = articles
    .filter(({ pool }) => pool === 'articles')
    .map(({ id, title }): Found => ({
      key: `article/${id}`,
      name: drafted.get(id) ?? title,
      isLocal: !released.has(id) && !drafted.has(id),
    }));
  const here = new Set(known.map(({ key }) => key));
  const elsewhere = [...released, ...drafted.keys()]
    .filter((id) => !here.has(`article/${id}`))
    .map((id): Found => ({ key: `article/${id}`, name: drafted.get(id) ?? titles[id] ?? id }));
  const all = [...known, ...new Map(elsewhere.map((each) => [each.key, each])).values()];
  return all.sort(
    (a, b) => Number(a.isLocal ?? false) - Number(b.isLocal ?? false) || a.name.localeCompare(b.name),
  );
}

function foundItems({ items, edits }: TeamContents, group: Exclude<Group, 'article'>): readonly Found[] {
  if (group === 'team') return TEAM_KINDS.map((kind) => ({ key: `team/${kind}`, name: text.teamItem[kind] }));
  if (group === 'prompt')
    return PROMPTED.map((stage) => ({ key: `prompt/${stage}`, name: text.promptOf(text.stage[stage]) }));
  const all = new Map(items.map((item) => [keyOf(item), item]));
  for (const { key, content } of edits) if (content) all.set(key, content);
  return [...all]
    .filter(([, item]) => item.kind === group)
    .map(([key, item]): Found => ({ key, name: nameOfItem(key, item) }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
