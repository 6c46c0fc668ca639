import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef } from 'react';

import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Segmented } from '../../ui/segmented.js';
import { ArticleReader } from './article-reader.js';
import type { SelectionHandlers } from './article-selection.js';
import './knowledge.css';
import { useKnowledge, type KnowledgeView } from './knowledge-store.js';
import { Library } from './library.js';
import { SourcesView } from './sources-view.js';

const text = strings.knowledge;
const views = ['library', 'sources'] as const satisfies readonly KnowledgeView[];

interface KnowledgePanelProps {
  readonly onClose: () => void;
  readonly selection: SelectionHandlers;
}

/** Everything the team knows and where it comes from: search it in a customer's words, leaf through it, add to it. */
export function KnowledgePanel({ onClose, selection }: KnowledgePanelProps) {
  const reader = useKnowledge((state) => state.reader);
  const closeArticle = useKnowledge((state) => state.closeArticle);
  const view = useKnowledge((state) => state.view);
  const show = useKnowledge((state) => state.show);
  const loadArticles = useKnowledge((state) => state.loadArticles);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => void loadArticles(), [loadArticles]);
  const isReading = reader.kind !== 'closed';
  return (
    <Dialog
      title={isReading ? reader.place.title : text.title}
      closeLabel={strings.app.close}
      shape="sheet"
      onClose={onClose}
      initialFocus={field}
      aside={
        isReading ? (
          <Button variant="quiet" icon={<ArrowLeft aria-hidden />} onClick={closeArticle}>
            {text.back}
          </Button>
        ) : (
          <Segmented
            label={text.views}
            isLabelHidden
            value={view}
            options={views.map((value) => ({ value, label: text.view[value] }))}
            onChange={show}
          />
        )
      }
    >
      {isReading && <ArticleReader reader={reader} selection={selection} />}
      {!isReading && (view === 'library' ? <Library fieldRef={field} /> : <SourcesView />)}
    </Dialog>
  );
}
