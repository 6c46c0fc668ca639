import { ToastStack } from '../ui/toast-stack.js';
import { useNotice } from './notice-store.js';
import { strings } from './strings.js';

/** Milestones for screen readers and confirmations for the eye. The stream of a reply is never read out. */
export function LiveRegion() {
  const toasts = useNotice((state) => state.toasts);
  const milestone = useNotice((state) => state.milestone);
  return (
    <>
      <div className="visually-hidden" role="status" aria-live="polite" aria-atomic="true">
        {/* A new element each time: the same words twice are two milestones. */}
        <span key={milestone.id}>{milestone.text}</span>
      </div>
      <ToastStack label={strings.app.notices} toasts={toasts} />
    </>
  );
}
