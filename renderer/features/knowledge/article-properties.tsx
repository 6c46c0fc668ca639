import { Copy } from 'lucide-react';

import type { KnowledgeArticle } from '../../../shared/domain/knowledge-article.js';
import { strings } from '../../app/strings.js';
import { IconButton } from '../../ui/button.js';
import { longDate } from '../../ui/time.js';
import { ArticleMarks } from './article-marks.js';

const text = strings.knowledge;

interface ArticlePropertiesProps {
  readonly article: KnowledgeArticle;
  readonly onCopyAddress: (address: string) => void;
}

/** What the team says of an article: for whom, how long it holds, whose it is, where it comes from. */
export function ArticleProperties({ article, onCopyAddress }: ArticlePropertiesProps) {
  const { category, owner, updatedAt, validFrom, validUntil, source } = article;
  const lines = [
    [text.owner, owner],
    [text.updated, updatedAt && longDate(updatedAt)],
    [text.validFrom, validFrom && longDate(validFrom)],
    [text.validUntil, validUntil && longDate(validUntil)],
  ].filter((line): line is [string, string] => line[1] !== null);
  return (
    <section className="article-properties" aria-label={text.properties}>
      <p className="article-meta">
        <span>{category}</span>
        <ArticleMarks of={article} page={null} />
      </p>
      {lines.length > 0 && (
        <dl className="article-meta">
          {lines.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {source !== null && (
        // The window opens no page: the address can be copied into a browser.
        <p className="article-address">
          <span>{text.address}</span>
          <code>{source}</code>
          <IconButton
            label={text.copyAddress}
            icon={<Copy aria-hidden />}
            onClick={() => onCopyAddress(source)}
          />
        </p>
      )}
    </section>
  );
}
