import { Undo2 } from 'lucide-react';

import { untouchedRewrite } from '../features/conversation/composer-state.js';
import { selectComposer, useConversation } from '../features/conversation/conversation-store.js';
import { groundedness } from '../features/suggestion/card-view.js';
import { supportIcons } from '../features/suggestion/support-mark.js';
import { Button } from '../ui/button.js';
import './own-rewrite-check.css';
import { strings } from './strings.js';

const text = strings.rewrite.own;

/** What the check says of the rep's rewritten text, sentence by sentence, as long as it stands there unchanged; and the way back. */
export function OwnRewriteCheck({ onUndo }: { readonly onUndo: () => void }) {
  const rewrite = untouchedRewrite(useConversation(selectComposer));
  const working = useConversation(({ rewriting, activeId }) =>
    rewriting?.conversationId === activeId ? rewriting.action : null,
  );
  const { action: names } = strings.rewrite;
  if (working !== null)
    return (
      <section className="own-check" aria-label={text.check} aria-busy="true">
        <p className="own-check-head">{strings.rewrite.working(names[working])}</p>
      </section>
    );
  if (!rewrite) return null;
  const { action, sentences, critique } = rewrite;
  const grounded = critique && groundedness(sentences, critique);
  return (
    <section className="own-check" aria-label={text.check}>
      <p className="own-check-head">
        <span>
          {text.title(names[action])}
          {'. '}
          {grounded ? strings.reply.grounded(grounded.supported, grounded.claims) : text.unchecked}
        </span>
        <Button
          variant="quiet"
          icon={<Undo2 aria-hidden />}
          keyHint="Ctrl Z"
          aria-keyshortcuts="Control+Z"
          onClick={onUndo}
        >
          {text.undo}
        </Button>
      </p>
      {critique && (
        <ul className="own-check-list">
          {sentences.map(({ id, text: words }) => {
            const verdict = critique.sentences.find(({ sentenceId }) => sentenceId === id);
            if (!verdict || (verdict.support === 'not_needed' && verdict.issues.length === 0)) return null;
            const Icon = supportIcons[verdict.support];
            return (
              <li key={id} data-support={verdict.support}>
                <Icon className="support" data-support={verdict.support} aria-hidden />
                <span>
                  <span className="visually-hidden">{strings.reply.support[verdict.support]}: </span>
                  <span dir="auto">{words}</span>
                  {verdict.issues.map(({ kind, message }) => (
                    <span className="own-check-issue" key={`${kind} ${message}`}>
                      {strings.verdict.finding[kind]}. {message}
                    </span>
                  ))}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
