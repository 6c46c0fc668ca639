import type { ExtensionView } from '../../../shared/contracts/ipc/extension.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { useExtension, type ExtensionState } from './extension-store.js';

const text = strings.extension;

interface ExtensionSettingsProps {
  readonly isOn: boolean;
  readonly onTurn: (isOn: boolean) => void;
}

/** Turning the browser extension on, pairing it, and taking that back. */
export function ExtensionSettings({ isOn, onTurn }: ExtensionSettingsProps) {
  const view = useExtension((state) => state.view);
  const done = useExtension((state) => state.done);
  const copyCode = useExtension((state) => state.copyCode);
  const forget = useExtension((state) => state.forget);
  return (
    <section className="extension-settings" aria-label={text.title}>
      <label className="settings-check">
        <span>{text.isOn}</span>
        <input type="checkbox" checked={isOn} onChange={(event) => onTurn(event.target.checked)} />
      </label>
      {isOn && (
        <>
          <p className="extension-line" role="status">
            {said(done) ?? stateLine(view)}
          </p>
          {view.state === 'waiting' && <p className="extension-line">{text.where}</p>}
          {!view.isTokenKept && <p className="extension-line">{text.notKept}</p>}
          <div className="extension-actions">
            <Button onClick={() => void copyCode()}>{text.copyCode}</Button>
            {view.origin !== null && (
              <Button variant="quiet" onClick={() => void forget()}>
                {text.forget}
              </Button>
            )}
          </div>
        </>
      )}
    </section>
  );
}

function said(done: ExtensionState['done']): string | null {
  switch (done) {
    case 'nothing':
      return null;
    case 'copied':
      return text.copied;
    case 'not_copied':
      return text.notCopied;
    case 'forgotten':
      return text.forgotten;
  }
}

function stateLine({ state, heardAt, hasMoved }: ExtensionView): string {
  if (state === 'failed') return text.failed;
  if (state !== 'paired') return text.waiting;
  if (hasMoved) return text.moved;
  return heardAt === null ? text.notHeard : text.paired;
}
