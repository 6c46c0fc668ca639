export interface LabelledProbabilities {
  readonly probabilities: Float64Array;
  readonly label: number;
}

const LOWEST = 0.2;
const HIGHEST = 5;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const STEPS = 20;
const TINY = 1e-12;
const SAMPLES_A_SLICE = 64;

/**
 * The temperature that makes held-out probabilities most likely (Guo et al. 2017, On Calibration of Modern Neural
 * Networks), by golden-section search on its logarithm; 1 when there is nothing to fit.
 */
export async function fitTemperature(
  samples: readonly LabelledProbabilities[],
  pause: () => Promise<void>,
): Promise<number> {
  if (samples.length === 0) return 1;
  const logs = samples.map(({ probabilities, label }) => ({
    label,
    logs: probabilities.map((probability) => Math.log(Math.max(probability, TINY))),
  }));
  const loss = async (logTemperature: number): Promise<number> => {
    const sharpness = Math.exp(-logTemperature);
    let sum = 0;
    for (const [at, { logs: own, label }] of logs.entries()) {
      if (at % SAMPLES_A_SLICE === 0) await pause();
      const total = own.reduce((all, log) => all + Math.exp(sharpness * log), 0);
      sum += Math.log(total) - sharpness * (own[label] ?? 0);
    }
    return sum;
  };
  let low = Math.log(LOWEST);
  let high = Math.log(HIGHEST);
  for (let step = 0; step < STEPS; step++) {
    const left = high - GOLDEN * (high - low);
    const right = low + GOLDEN * (high - low);
    if ((await loss(left)) < (await loss(right))) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}

/** Sharpens (temperature below 1) or flattens (above 1) probabilities; they sum to 1 again. */
export function withTemperature(probabilities: Float64Array, temperature: number): Float64Array {
  const powered = probabilities.map((probability) => Math.pow(probability, 1 / temperature));
  const sum = powered.reduce((total, value) => total + value, 0);
  return sum > 0 ? powered.map((value) => value / sum) : powered;
}
