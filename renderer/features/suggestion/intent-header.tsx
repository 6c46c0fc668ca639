import {
  Angry,
  ArrowDown,
  ArrowUp,
  ChevronDown,
  CircleSlash,
  Frown,
  Languages,
  Meh,
  Minus,
  Siren,
  Smile,
  type LucideIcon,
} from 'lucide-react';
import { Fragment } from 'react';

import type { Intent, Sentiment, Urgency } from '../../../shared/domain/intent.js';
import { strings } from '../../app/strings.js';
import { Chip, type Tone } from '../../ui/chip.js';
import { Popover } from '../../ui/popover.js';
import { ConfidenceMeter } from './confidence-meter.js';
import { EntityChips } from './entity-chips.js';

const text = strings.card;
const languageNames = new Intl.DisplayNames(['en'], { type: 'language' });
const SHOWN_CANDIDATES = 3;

const sentimentLook: Record<Sentiment, { readonly icon: LucideIcon; readonly tone: Tone }> = {
  positive: { icon: Smile, tone: 'good' },
  neutral: { icon: Meh, tone: 'neutral' },
  negative: { icon: Frown, tone: 'warn' },
  angry: { icon: Angry, tone: 'bad' },
};

const urgencyLook: Record<Urgency, { readonly icon: LucideIcon; readonly tone: Tone }> = {
  low: { icon: ArrowDown, tone: 'neutral' },
  normal: { icon: Minus, tone: 'neutral' },
  high: { icon: ArrowUp, tone: 'warn' },
  critical: { icon: Siren, tone: 'bad' },
};

/** What the customer wants and how they are: intent with its confidence, sentiment, urgency, language, what was found. */
export function IntentHeader({ intent }: { readonly intent: Intent }) {
  const { icon: SentimentIcon, tone: sentimentTone } = sentimentLook[intent.sentiment];
  const { icon: UrgencyIcon, tone: urgencyTone } = urgencyLook[intent.urgency];
  const language = intent.language === 'und' ? text.unknownLanguage : languageNames.of(intent.language);
  return (
    <header className="intent">
      <div className="intent-line">
        <h3 className="intent-name">{intent.name}</h3>
        <Popover
          label={text.candidates}
          trigger={
            <button
              type="button"
              className="intent-confidence"
              aria-label={text.candidatesLabel(intent.name, text.confidence[intent.confidence])}
            >
              <ConfidenceMeter tier={intent.confidence} />
              {text.confidence[intent.confidence]}
              <ChevronDown aria-hidden />
            </button>
          }
        >
          <p className="popover-title">{text.candidates}</p>
          {intent.label === null && <p className="popover-note">{text.outOfScopeMeaning}</p>}
          <ol className="candidates">
            {intent.candidates.slice(0, SHOWN_CANDIDATES).map(({ id, name, probability }) => (
              <li key={id}>
                <span>{name}</span>
                <span className="number">{Math.round(probability * 100)} %</span>
                <span className="candidate-bar" aria-hidden="true">
                  <span style={{ width: `${probability * 100}%` }} />
                </span>
              </li>
            ))}
          </ol>
        </Popover>
      </div>
      <div className="intent-chips">
        {intent.label === null && (
          <Chip tone="warn" icon={<CircleSlash aria-hidden />} title={text.outOfScopeMeaning}>
            {text.outOfScope}
          </Chip>
        )}
        <Chip tone={sentimentTone} icon={<SentimentIcon aria-hidden />}>
          {text.sentiment[intent.sentiment]}
        </Chip>
        <Chip tone={urgencyTone} icon={<UrgencyIcon aria-hidden />}>
          {text.urgency[intent.urgency]}
        </Chip>
        <Chip icon={<Languages aria-hidden />} prefix={text.languageLabel('')}>
          {language}
        </Chip>
      </div>
      {intent.reasonWords.length > 0 && (
        <p className="intent-reasons">
          {text.reasonWords}{' '}
          {[...new Set(intent.reasonWords)].map((word, at) => (
            <Fragment key={word}>
              {at > 0 && ', '}
              <q dir="auto">{word}</q>
            </Fragment>
          ))}
        </p>
      )}
      <EntityChips entities={intent.entities} />
    </header>
  );
}
