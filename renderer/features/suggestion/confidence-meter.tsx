import type { ConfidenceTier } from '../../../shared/domain/intent.js';

const filledBars: Record<ConfidenceTier, number> = { high: 3, medium: 2, low: 1 };

/** Three rising bars, as many filled as the tier is high: the shape tells what the colour would. */
export function ConfidenceMeter({ tier }: { readonly tier: ConfidenceTier }) {
  return (
    <span className="meter" data-tier={tier} aria-hidden="true">
      {[1, 2, 3].map((bar) => (
        <span key={bar} data-filled={bar <= filledBars[tier]} />
      ))}
    </span>
  );
}
