import { CircleAlert, CircleCheck } from 'lucide-react';

import './toast-stack.css';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'good' | 'bad';
}

interface ToastStackProps {
  readonly label: string;
  readonly toasts: readonly Toast[];
}

/** Short confirmations for the eye. They take no focus; the live region says the same to screen readers. */
export function ToastStack({ label, toasts }: ToastStackProps) {
  return (
    <section className="toast-stack" aria-label={label}>
      <ul aria-label={label}>
        {toasts.map(({ id, text, tone }) => (
          <li key={id} className="toast" data-tone={tone}>
            {tone === 'good' ? <CircleCheck aria-hidden /> : <CircleAlert aria-hidden />}
            {text}
          </li>
        ))}
      </ul>
    </section>
  );
}
