import { strings } from '../../app/strings.js';
import { Dialog } from '../../ui/dialog.js';
import { ArticleReader } from './article-reader.js';
import type { SelectionHandlers } from './article-selection.js';
import { useKnowledge } from './knowledge-store.js';

interface SourcePanelProps {
  readonly isBeside: boolean;
  readonly selection: SelectionHandlers;
}

/** The article behind a citation, beside the card where there is room for both. Esc gives the focus back. */
export function SourcePanel({ isBeside, selection }: SourcePanelProps) {
  const reader = useKnowledge((state) => state.reader);
  const close = useKnowledge((state) => state.closeArticle);
  if (reader.kind === 'closed') return null;
  return (
    <Dialog
      title={strings.knowledge.source(reader.place.title)}
      closeLabel={strings.app.close}
      onClose={close}
      shape="sheet"
      isModal={isBeside}
      hasPageKeys
    >
      <ArticleReader reader={reader} selection={selection} />
    </Dialog>
  );
}
