import { PRICES_AS_OF } from '../../shared/domain/model-price.js';
import { modelPresets } from '../../shared/domain/model-presets.js';
import type { ConnectionTrial, ModelSettings } from '../../shared/domain/model-settings.js';

/** What is chosen, as lines. */
export function modelsText(settings: ModelSettings): string {
  const { isOn, models, connections, main, small } = settings;
  if (models.length === 0)
    return `Chat models: none; replies are composed on this machine.\n${servicesText()}`;
  const lines = models.map(({ id, model, connection }) => {
    const at = connections.find((entry) => entry.id === connection);
    const roles = [main.includes(id) ? 'writes' : '', small.includes(id) ? 'reads' : ''].filter(Boolean);
    const key =
      at?.needsKey === false ? 'no key' : `key in ${at?.keyVariable ?? 'the system store of the app'}`;
    return `  ${model} at ${at?.baseUrl ?? '?'} (${[...roles, key].join(', ')})`;
  });
  return `Chat models: ${isOn ? 'on' : 'off'}\n${lines.join('\n')}\n`;
}

/** How a test went. */
export function trialText({
  firstPieceMs,
  durationMs,
  inputTokens,
  outputTokens,
  costMicros,
}: ConnectionTrial): string {
  const cost =
    costMicros === null
      ? 'price not known'
      : `$${(costMicros / 1_000_000).toFixed(6)} (prices of ${PRICES_AS_OF.date}, ${PRICES_AS_OF.source})`;
  return `Works: first words after ${String(Math.round(firstPieceMs))} ms, all after ${String(Math.round(durationMs))} ms; ${String(inputTokens + outputTokens)} tokens, ${cost}.\n`;
}

const servicesText = (): string =>
  `Services: ${modelPresets.map(({ id }) => id).join(', ')}. Choose one: cuecard models use SERVICE --model NAME [--url U] [--key-variable V]\n`;
