import { Cpu, Sparkles, TriangleAlert } from 'lucide-react';

import { strings } from '../../app/strings.js';
import './answering-status.css';
import { answeringBy, answeringText, useAnswering } from './answering-store.js';

/** Who answers now: the model, the local engine, or the local engine in the model's place with the reason. Leads to the settings. */
export function AnsweringStatusItem({ onOpen }: { readonly onOpen: () => void }) {
  const by = answeringBy(useAnswering((state) => state));
  const shown = answeringText(by);
  const message = by.kind === 'stands_in' ? by.message : null;
  return (
    <button
      type="button"
      className="status-item answering-status"
      data-state={by.kind}
      aria-haspopup="dialog"
      aria-label={strings.answering.label(shown, message)}
      title={message ?? undefined}
      onClick={onOpen}
    >
      {by.kind === 'model' ? (
        <Sparkles aria-hidden />
      ) : by.kind === 'local' ? (
        <Cpu aria-hidden />
      ) : (
        <TriangleAlert aria-hidden />
      )}
      <span className="answering-name">{shown}</span>
    </button>
  );
}
