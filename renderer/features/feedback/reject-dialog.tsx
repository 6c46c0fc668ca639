import { useRef, useState, type KeyboardEvent } from 'react';

import type { RejectReason } from '../../../shared/domain/feedback.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Kbd } from '../../ui/kbd.js';
import './feedback.css';

const text = strings.feedback;

const reasons = [
  'wrong_intent',
  'wrong_facts',
  'missing_information',
  'wrong_tone',
  'not_needed',
] as const satisfies readonly RejectReason[];

interface RejectDialogProps {
  readonly onReject: (reason: RejectReason, comment: string) => void;
  readonly onClose: () => void;
}

/** Asks why a suggestion is not good: a number key chooses, Enter submits, Shift+Enter breaks a line of the comment. */
export function RejectDialog({ onReject, onClose }: RejectDialogProps) {
  const [reason, setReason] = useState<RejectReason | null>(null);
  const [comment, setComment] = useState('');
  const firstReason = useRef<HTMLInputElement>(null);
  const submit = (): void => {
    if (reason !== null) onReject(reason, comment.trim());
  };

  function onKeyDown(event: KeyboardEvent<HTMLFormElement>): void {
    const isWriting = event.target instanceof HTMLTextAreaElement;
    const isOnButton = event.target instanceof HTMLButtonElement;
    const chosen = reasons[Number(event.key) - 1];
    if (chosen && !isWriting) {
      event.preventDefault();
      setReason(chosen);
      // The next Tab then leads on to the comment.
      event.currentTarget.querySelector<HTMLInputElement>(`input[value="${chosen}"]`)?.focus();
    }
    if (event.key === 'Enter' && !event.shiftKey && !isOnButton && !event.nativeEvent.isComposing) {
      event.preventDefault();
      submit();
    }
  }

  return (
    <Dialog
      title={text.rejectTitle}
      closeLabel={strings.app.close}
      onClose={onClose}
      initialFocus={firstReason}
    >
      {/* The keys belong to the form as a whole, not to one of its fields. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        className="reject"
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <fieldset className="reject-reasons">
          <legend className="visually-hidden">{text.rejectReasons}</legend>
          {reasons.map((option, at) => (
            <label key={option} className="reject-reason">
              <input
                ref={at === 0 ? firstReason : undefined}
                type="radio"
                name="reason"
                value={option}
                checked={reason === option}
                onChange={() => setReason(option)}
              />
              <span>{text.reason[option]}</span>
              <Kbd keys={String(at + 1)} />
            </label>
          ))}
        </fieldset>
        <label className="reject-comment">
          <span>{text.rejectComment}</span>
          <textarea
            rows={3}
            maxLength={2000}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        </label>
        <div className="reject-foot">
          <p>{text.rejectHint}</p>
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button type="submit" variant="primary" keyHint="↵" disabled={reason === null}>
            {text.rejectSubmit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
