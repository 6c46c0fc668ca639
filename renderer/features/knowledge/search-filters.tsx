import { useMemo } from 'react';

import { strings } from '../../app/strings.js';
import { useKnowledge, type ArticleRow } from './knowledge-store.js';
import { Segmented } from '../../ui/segmented.js';

const text = strings.knowledge;

/** Narrows search and list; each filter stands only where the knowledge has something to choose from. */
export function SearchFilters() {
  const articles = useKnowledge((state) => state.articles);
  const scope = useKnowledge((state) => state.scope);
  const narrow = useKnowledge((state) => state.narrow);
  const { brands, products, hasCases, hasInternal } = useMemo(() => choicesOf(articles), [articles]);
  if (brands.length + products.length === 0 && !hasCases && !hasInternal) return null;
  return (
    <div className="filters" role="group" aria-label={text.filters}>
      {hasCases && (
        <Segmented
          label={text.pool}
          isLabelHidden
          value={scope.pool}
          options={(['articles', 'cases'] as const).map((value) => ({ value, label: text.pools[value] }))}
          onChange={(pool) => void narrow({ pool })}
        />
      )}
      <Choice
        label={text.brand}
        value={scope.brand}
        values={brands}
        onChange={(brand) => void narrow({ brand })}
      />
      <Choice
        label={text.product}
        value={scope.product}
        values={products}
        onChange={(product) => void narrow({ product })}
      />
      {hasInternal && (
        <label className="filter">
          <input
            type="checkbox"
            checked={scope.withInternal}
            onChange={(event) => void narrow({ withInternal: event.target.checked })}
          />
          <span>{text.withInternal}</span>
        </label>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string | null;
  readonly values: readonly string[];
  readonly onChange: (value: string | null) => void;
}

function Choice({ label, value, values, onChange }: ChoiceProps) {
  if (values.length === 0) return null;
  return (
    <label className="filter">
      <span>{label}</span>
      <select value={value ?? ''} onChange={(event) => onChange(event.target.value || null)}>
        <option value="">{text.any}</option>
        {values.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function choicesOf(articles: readonly ArticleRow[]) {
  const names = (of: (article: ArticleRow) => string | null): readonly string[] =>
    [...new Set(articles.map(of))].filter((name) => name !== null).toSorted((a, b) => a.localeCompare(b));
  return {
    brands: names(({ brand }) => brand),
    products: names(({ product }) => product),
    hasCases: articles.some(({ pool }) => pool === 'cases'),
    hasInternal: articles.some(({ audience }) => audience === 'internal'),
  };
}
