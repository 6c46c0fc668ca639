import { FilePenLine } from 'lucide-react';
import { useEffect } from 'react';

import { strings } from '../../app/strings.js';
import { EmptyState } from '../../ui/empty-state.js';
import { DraftList } from './draft-list.js';
import { ItemEditor } from './item-editor.js';
import { useDraft, useEditors } from './lead-stores.js';
import { Problem } from './loaded-view.js';
import { PublishView } from './publish-view.js';
import { Split } from './split.js';

const text = strings.leadEditor;

/** Editing what the team's next release will hold, and publishing it. */
export function DraftTab({ onSay }: { readonly onSay: (text: string) => void }) {
  const load = useDraft((state) => state.load);
  const isPublishing = useDraft((state) => state.isPublishing);
  const showPublish = useDraft((state) => state.showPublish);
  const shown = useEditors((state) => state.shown);
  const show = useEditors((state) => state.show);
  const editor = useEditors(({ editors, shown: key }) => (key === null ? null : editors[key]));
  const notOpened = useEditors((state) => state.notOpened);
  useEffect(() => void load(), [load]);
  const place = isPublishing ? 'publish' : (shown ?? (notOpened ? 'problem' : null));
  return (
    <Split
      list={<DraftList />}
      listLabel={strings.lead.tab.draft}
      detailLabel={isPublishing ? strings.lead.publish.title : text.item}
      shown={place}
      onBack={() => {
        if (isPublishing) showPublish(false);
        else show(null);
      }}
      detail={
        isPublishing ? (
          <PublishView />
        ) : editor ? (
          <ItemEditor key={editor.key} editor={editor} onSay={onSay} />
        ) : notOpened ? (
          <div className="lead-pad">
            <Problem error={notOpened} />
          </div>
        ) : (
          <EmptyState icon={<FilePenLine aria-hidden />} title={text.emptyTitle}>
            <p>{text.emptyNext}</p>
          </EmptyState>
        )
      }
    />
  );
}
