import { CalendarClock, CalendarX2, History, type LucideIcon } from 'lucide-react';

import { Chip, type Tone } from './chip.js';

/** Long past its last look, over, or not begun. */
export type Age = 'stale' | 'expired' | 'upcoming';

const look: Record<Age, { readonly icon: LucideIcon; readonly tone: Tone }> = {
  stale: { icon: History, tone: 'warn' },
  expired: { icon: CalendarX2, tone: 'bad' },
  upcoming: { icon: CalendarClock, tone: 'accent' },
};

interface AgeChipProps {
  readonly age: Age;
  /** What it means for the reader, on hovering. */
  readonly meaning: string;
  /** Words with the date. */
  readonly children: string;
}

/** Says that something does not hold today. */
export function AgeChip({ age, meaning, children }: AgeChipProps) {
  const { icon: Icon, tone } = look[age];
  return (
    <Chip tone={tone} icon={<Icon aria-hidden />} title={meaning}>
      {children}
    </Chip>
  );
}
