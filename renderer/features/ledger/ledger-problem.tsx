import { CircleAlert } from 'lucide-react';

import type { AppError } from '../../../shared/errors/app-error.js';
import { Callout } from '../../ui/callout.js';

/** What went wrong and what to do next. */
export function Problem({ error: { message, detail, next } }: { readonly error: AppError }) {
  return (
    <div className="ledger-pad" role="alert">
      <Callout tone="bad" icon={<CircleAlert aria-hidden />} title={message}>
        {detail !== undefined && <p>{detail}</p>}
        <p>{next}</p>
      </Callout>
    </div>
  );
}
