import { ArrowLeftRight, CircleAlert, Cpu, LoaderCircle, Pin, PinOff, Sparkles } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';

import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import type { CardHandlers } from './card-handlers.js';
import type { ReadyCard } from './card-state.js';
import { dollars, modelCost } from './model-cost.js';
import { showsModelText } from './card-view.js';

const text = strings.modelCard;

/** So long a model may be silent before the card says that it is slow, in milliseconds. */
const SLOW_MS = 8_000;

interface ModelLineProps {
  readonly card: ReadyCard;
  readonly handlers: Pick<CardHandlers, 'togglePin' | 'switchStrategy'>;
}

/** Who wrote the reply and what it cost, what a model is doing now, and the keys to keep or change it. Nothing where no model has a part. */
export function ModelLine({ card, handlers }: ModelLineProps) {
  const { suggestion, modelRun, modelEnd, other, isHeld } = card;
  const isModel = suggestion.strategy === 'model';
  if (!isModel && !modelRun && !modelEnd && !other && suggestion.modelUse.length === 0) return null;
  return (
    <div className="model-line" role="group" aria-label={text.label}>
      <p className="model-line-text">
        {modelRun ? <Working card={card} key={modelRun.runId} /> : <Written card={card} />}
      </p>
      {modelRun && (
        <Button
          variant="quiet"
          icon={isHeld ? <PinOff aria-hidden /> : <Pin aria-hidden />}
          keyHint="P"
          aria-pressed={isHeld}
          onClick={handlers.togglePin}
        >
          {isHeld ? text.unpin : isModel ? text.pin : text.pinLocal}
        </Button>
      )}
      {other && (
        <Button
          variant="quiet"
          icon={<ArrowLeftRight aria-hidden />}
          keyHint="V"
          onClick={handlers.switchStrategy}
        >
          {other.suggestion.strategy === 'model' ? text.showModel : text.showLocal}
        </Button>
      )}
    </div>
  );
}

function Working({ card }: { readonly card: ReadyCard }) {
  const isSlow = useAfter(SLOW_MS);
  const hasBegun = (card.modelRun?.sentences.length ?? 0) > 0;
  const say = (): string => {
    if (showsModelText(card)) return text.writing;
    if (card.isHeld) return text.unseen;
    return isSlow && !hasBegun ? text.slow : text.waiting;
  };
  return (
    <>
      <LoaderCircle aria-hidden className="spin" />
      <span>{say()}</span>
    </>
  );
}

function Written({ card: { suggestion, modelEnd, other } }: { readonly card: ReadyCard }): ReactNode {
  const cost = modelCost(suggestion);
  if (cost)
    return (
      <>
        <Sparkles aria-hidden />
        <span>
          {text.byModel(cost.model)}
          <span className="model-line-cost number">
            {' · '}
            {text.tokens(cost.tokens)}
            {' · '}
            {cost.isCached
              ? text.cached
              : cost.costMicros === null
                ? text.costUnknown
                : text.cost(dollars(cost.costMicros))}
          </span>
        </span>
      </>
    );
  if (modelEnd)
    return (
      <>
        <CircleAlert aria-hidden />
        <span data-code={modelEnd.code}>{text.ended(modelEnd.message)}</span>
      </>
    );
  return (
    <>
      <Cpu aria-hidden />
      <span>{other ? text.byLocalOther : text.byLocal}</span>
    </>
  );
}

/** Turns true after so many milliseconds. */
function useAfter(delayMs: number): boolean {
  const [isPast, setIsPast] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsPast(true), delayMs);
    return () => clearTimeout(timer);
  }, [delayMs]);
  return isPast;
}
