import { CircleAlert, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';

import type { AppError } from '../../../shared/errors/app-error.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { Skeleton } from '../../ui/skeleton.js';
import type { Loaded } from './loaded.js';

const text = strings.lead;

interface LoadedViewProps<T> {
  readonly of: Loaded<T>;
  readonly onRetry: () => void;
  readonly children: (value: T) => ReactNode;
}

/** Shows what was read; while it is being read, grey bars; when it cannot be, why, and what was there before. */
export function LoadedView<T>({ of, onRetry, children }: LoadedViewProps<T>) {
  switch (of.kind) {
    case 'unread':
    case 'loading':
      return (
        <div className="lead-pad" role="group" aria-busy="true" aria-label={text.loading}>
          <Skeleton widths={[45, 80, 60, 70]} />
        </div>
      );
    case 'failed':
      return (
        <div className="lead-pad">
          <Problem error={of.error} onRetry={onRetry} />
        </div>
      );
    case 'ready':
      return (
        <>
          {of.problem && (
            <div className="lead-pad">
              <Problem error={of.problem} onRetry={onRetry} isOld />
            </div>
          )}
          {children(of.value)}
        </>
      );
  }
}

interface ProblemProps {
  readonly error: AppError;
  readonly onRetry?: () => void;
  /** What is shown below was read before. */
  readonly isOld?: boolean;
}

/** What went wrong and what to do next. */
export function Problem({ error, onRetry, isOld = false }: ProblemProps) {
  const { message, detail, next } = error;
  return (
    <div role="alert">
      <Callout tone={isOld ? 'warn' : 'bad'} icon={<CircleAlert aria-hidden />} title={message}>
        {detail !== undefined && <p>{detail}</p>}
        <p>{isOld ? `${text.old}. ${next}` : next}</p>
        {onRetry && (
          <Button variant="quiet" icon={<RotateCw aria-hidden />} onClick={onRetry}>
            {text.retry}
          </Button>
        )}
      </Callout>
    </div>
  );
}
