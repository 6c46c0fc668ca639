import { Composer } from '../features/conversation/composer.js';
import { selectComposer, useConversation } from '../features/conversation/conversation-store.js';
import { useView } from '../features/view/view-store.js';
import { RewriteMenu } from '../features/suggestion/rewrite-menu.js';
import { selectCard, useSuggestion } from '../features/suggestion/suggestion-store.js';
import { OwnRewriteCheck } from './own-rewrite-check.js';
import type { RepActions } from './rep-actions.js';
import { strings } from './strings.js';

/** The composer with what the card knows: ways to rewrite the rep's own text, and the verdicts of what came out. */
export function RepComposer(props: { readonly actions: RepActions; readonly isCollapsible: boolean }) {
  const { actions, isCollapsible } = props;
  const isViewing = useView(({ view }) => view.connectionId !== null);
  return (
    <Composer
      onSend={actions.send}
      onSendNow={actions.sendNow}
      isViewing={isViewing}
      onAddNote={actions.addWritten}
      onUndo={actions.undoOwnRewrite}
      isCollapsible={isCollapsible}
      tools={<OwnRewriteMenu actions={actions} />}
    >
      <OwnRewriteCheck onUndo={actions.undoOwnRewrite} />
    </Composer>
  );
}

function OwnRewriteMenu({ actions }: { readonly actions: RepActions }) {
  const card = useSuggestion(selectCard);
  const isBlank = useConversation((state) => selectComposer(state).text.trim() === '');
  const isWorking = useConversation(({ rewriting, activeId }) => rewriting?.conversationId === activeId);
  const isOpen = useConversation((state) => state.isRewriteOpen);
  const close = useConversation((state) => state.openRewrite);
  const focusComposer = useConversation((state) => state.focusComposer);
  return (
    <RewriteMenu
      label={strings.rewrite.own.label}
      keyHint="Alt M"
      showsKey={false}
      shortcut="Alt+M"
      customerLanguage={card?.kind === 'ready' ? card.suggestion.intent.language : 'und'}
      offersEnglish
      shortensLocally={false}
      isDisabled={isBlank || isWorking}
      isOpen={isOpen}
      onOpenChange={(opens) => (opens ? actions.openOwnRewrite() : close(false))}
      onCloseFocus={() => focusComposer()}
      onRewrite={actions.rewriteOwn}
    />
  );
}
