import type { Suggestion } from '../../../shared/domain/suggestion.js';

/** What the models of one suggestion used, added up. */
export interface ModelCost {
  /** The model that wrote the reply; the last that was asked where none did. */
  readonly model: string;
  readonly tokens: number;
  /** In millionths of a US dollar; null when the price of one of them is not known. */
  readonly costMicros: number | null;
  /** Whether every answer was there already, so that nothing was sent. */
  readonly isCached: boolean;
}

/** Adds up all calls of a suggestion; null for one that no model had a part in. */
export function modelCost({ modelUse }: Suggestion): ModelCost | null {
  const writer =
    modelUse.findLast(({ task }) => task === 'drafting' || task === 'rewrite') ?? modelUse.at(-1);
  if (!writer) return null;
  let costMicros: number | null = 0;
  let tokens = 0;
  for (const { usage } of modelUse) {
    tokens += usage.inputTokens + usage.outputTokens;
    costMicros = costMicros === null || usage.costMicros === null ? null : costMicros + usage.costMicros;
  }
  const isCached = modelUse.every(({ usage }) => usage.fromCache);
  return { model: writer.usage.model, tokens, costMicros, isCached };
}

/** Dollars with enough digits to tell small amounts apart: 1.23, 0.0042. */
export function dollars(micros: number): string {
  const value = micros / 1_000_000;
  return value >= 1 || value === 0 ? value.toFixed(2) : value.toPrecision(2).replace(/e.*$/, '');
}
