import { CircleAlert } from 'lucide-react';

import { strings } from '../../app/strings.js';
import { useChatModel } from './chat-model-store.js';

const text = strings.chatModel;

/** What models used today, beside its limit. */
export function ModelUsageLine() {
  const view = useChatModel((state) => state.view);
  if (!view) return null;
  const { usage, settings, isLimitReached } = view;
  const limit = settings.limits.dailyCostMicros;
  const tokens = usage.inputTokens + usage.outputTokens;
  return (
    <div className="chat-model-usage">
      <p>
        <span>{text.today}</span>
        <span>
          {text.used(usage.calls, tokens, usage.costMicros)}
          {limit !== null && ` ${text.ofLimit(limit)}`}
        </span>
      </p>
      {usage.unpricedCalls > 0 && <p className="search-model-hint">{text.unpriced(usage.unpricedCalls)}</p>}
      {isLimitReached && (
        <p className="chat-model-over">
          <CircleAlert aria-hidden />
          {text.limitReached}
        </p>
      )}
    </div>
  );
}
