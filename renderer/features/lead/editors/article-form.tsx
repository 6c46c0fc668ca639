import type { KnowledgeArticle } from '../../../../shared/domain/knowledge-article.js';
import { strings } from '../../../app/strings.js';
import { AreaField, TextField } from '../../../ui/field.js';
import { Segmented } from '../../../ui/segmented.js';
import { idFrom } from '../items.js';
import type { FormProps } from './form-props.js';

const text = strings.leadEditor.field;
type TextName = 'brand' | 'product' | 'owner' | 'source';
type DateName = 'updatedAt' | 'validFrom' | 'validUntil';

/** An article: title and body first, then who may read it and how long it holds. */
export function ArticleForm({ value, isNew, problem, onChange }: FormProps<KnowledgeArticle>) {
  const change = (part: Partial<KnowledgeArticle>): void => onChange({ ...value, ...part });
  const optional = (name: TextName) => (
    <TextField
      label={text[name]}
      value={value[name] ?? ''}
      onChange={(typed) => change({ [name]: typed === '' ? null : typed })}
    />
  );
  const date = (name: DateName) => (
    <TextField
      label={text[name]}
      type="date"
      value={value[name] ?? ''}
      problem={problem(name)}
      onChange={(typed) => change({ [name]: typed === '' ? null : typed })}
    />
  );
  return (
    <div className="lead-form">
      <TextField
        label={text.title}
        value={value.title}
        problem={problem('title')}
        onChange={(title) => {
          // Until somebody gives another one, the id follows the title.
          const follows = isNew && value.id === idFrom(value.title);
          change({ title, ...(follows && { id: idFrom(title) }) });
        }}
      />
      <AreaField
        label={text.markdown}
        rows={14}
        isMono
        maxLength={1_000_000}
        value={value.markdown}
        onChange={(markdown) => change({ markdown })}
      />
      <div className="lead-choices">
        <Segmented
          label={text.audience}
          value={value.audience}
          options={(['public', 'internal'] as const).map((each) => ({
            value: each,
            label: text.audiences[each],
          }))}
          onChange={(audience) => change({ audience })}
        />
        <Segmented
          label={text.pool}
          value={value.pool}
          options={(['articles', 'cases'] as const).map((each) => ({ value: each, label: text.pools[each] }))}
          onChange={(pool) => change({ pool })}
        />
      </div>
      <div className="lead-fields">
        <TextField
          label={text.id}
          value={value.id}
          isReadOnly={!isNew}
          problem={problem('id')}
          onChange={(id) => change({ id })}
        />
        <TextField
          label={text.category}
          value={value.category}
          onChange={(category) => change({ category })}
        />
        <TextField
          label={text.language}
          value={value.language}
          onChange={(language) => change({ language })}
        />
        {date('validFrom')}
        {date('validUntil')}
        {date('updatedAt')}
        {optional('brand')}
        {optional('product')}
        {optional('owner')}
      </div>
      {optional('source')}
    </div>
  );
}
