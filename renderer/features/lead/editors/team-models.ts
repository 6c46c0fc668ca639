import { modelPresets, type ModelPreset } from '../../../../shared/domain/model-presets.js';
import type { ModelTask } from '../../../../shared/domain/model-run.js';
import { ModelConnection, noModels, type ModelSettings } from '../../../../shared/domain/model-settings.js';
import { without } from '../without.js';

/*
 * A team's models as its lead edits them: one service, the models asked there, who does which step. What a form has no field for (other
 * services of a chain, prices, temperatures) stays as it is. There is no place for a key: each rep's own computer keeps it.
 */

/** The models a form names: the usual one, the smaller one that reads, the one asked when the first gives no answer. */
export type Role = 'main' | 'small' | 'fallback';
type Route = NonNullable<ModelSettings['routes'][ModelTask]>;
/** Who does a step: as built in, one of the models, or no model. */
export type Worker = 'usual' | 'main' | 'small' | 'local';

/** What a team begins with that had no models. */
export function firstModels(presetId = 'openai'): ModelSettings {
  const preset = presetOf(presetId);
  return {
    ...noModels,
    ...{ isOn: true, connections: [connectionOf(preset)], main: ['main'] },
    models: [{ id: 'main', connection: preset.id, model: '', contextTokens: 32_000 }],
  };
}

export const presetOf = (id: string): ModelPreset =>
  modelPresets.find((preset) => preset.id === id) ?? (modelPresets.at(-1) as ModelPreset);

const connectionOf = ({ id, name, ...preset }: ModelPreset): ModelConnection => ({
  ...{ id, name, protocol: preset.protocol, baseUrl: preset.baseUrl, needsKey: preset.needsKey },
  ...{ keyVariable: null, keyHeader: preset.keyHeader ?? 'bearer', apiVersion: null },
  ...{ headers: preset.headers ?? {}, secretHeader: preset.secretHeader ?? null },
});

/** The service of the usual model. */
export function serviceOf({ connections, models, main }: ModelSettings): ModelConnection | null {
  const first = models.find(({ id }) => id === main[0]);
  return connections.find(({ id }) => id === first?.connection) ?? connections[0] ?? null;
}

/** The same with another service in its place, for all models that were asked there. */
export function withService(settings: ModelSettings, presetId: string): ModelSettings {
  const before = serviceOf(settings)?.id;
  const preset = connectionOf(presetOf(presetId));
  const others = settings.connections.filter(({ id }) => id !== before && id !== preset.id);
  return {
    ...settings,
    connections: [preset, ...others],
    models: settings.models.map((model) =>
      model.connection === before ? { ...model, connection: preset.id } : model,
    ),
  };
}

export function withAddress(settings: ModelSettings, baseUrl: string): ModelSettings {
  const id = serviceOf(settings)?.id;
  const connections = settings.connections.map((one) => (one.id === id ? { ...one, baseUrl } : one));
  return { ...settings, connections };
}

export const modelOf = (settings: ModelSettings, role: Role): string =>
  settings.models.find(({ id }) => id === idOf(settings, role))?.model ?? '';

/** The same with a model under its name; an empty name takes it out of its chain, but for the usual one. */
export function withModel(settings: ModelSettings, role: Role, model: string): ModelSettings {
  const id = idOf(settings, role);
  if (id !== undefined && (model !== '' || role === 'main'))
    return { ...settings, models: settings.models.map((one) => (one.id === id ? { ...one, model } : one)) };
  if (id !== undefined) return withoutModel(settings, id);
  const connection = serviceOf(settings)?.id;
  if (model === '' || connection === undefined) return settings;
  const fresh = freeId(settings, role);
  const { main, small } = settings;
  return {
    ...settings,
    models: [...settings.models, { id: fresh, connection, model, contextTokens: 32_000 }],
    ...(role === 'small'
      ? { small: [fresh, ...main.slice(0, 1)] }
      : { main: [...main.slice(0, 1), fresh, ...main.slice(1)], small }),
  };
}

const idOf = ({ main, small }: ModelSettings, role: Role): string | undefined =>
  role === 'small' ? small.find((id) => id !== main[0]) : main[role === 'main' ? 0 : 1];

function freeId({ models }: ModelSettings, role: Role): string {
  const taken = new Set(models.map(({ id }) => id));
  let [id, at]: [string, number] = [role, 2];
  while (taken.has(id)) id = `${role}-${String(at++)}`;
  return id;
}

/** Without a model, wherever it is named. */
function withoutModel(settings: ModelSettings, gone: string): ModelSettings {
  const kept = (chain: readonly string[]): string[] => chain.filter((id) => id !== gone);
  const main = kept(settings.main);
  const small = kept(settings.small);
  const routes = Object.entries(settings.routes).map(([task, route]) => {
    if (!route.models?.includes(gone)) return [task, route];
    // A step of which nothing is left goes its usual way again; an empty chain would mean that no model does it.
    const models = kept(route.models);
    return [task, models.length > 0 ? { ...route, models } : without(route, 'models')];
  });
  const { limits } = settings;
  return {
    ...settings,
    models: settings.models.filter(({ id }) => id !== gone),
    ...{ main, small: small.every((id) => id === main[0]) ? [] : small },
    routes: Object.fromEntries(routes) as ModelSettings['routes'],
    limits: limits.cheaperModel === gone ? { ...limits, cheaperModel: null } : limits,
  };
}

export function workerOf(settings: ModelSettings, task: ModelTask): Worker {
  const chain = settings.routes[task]?.models;
  if (chain === undefined) return 'usual';
  if (chain.length === 0) return 'local';
  return chain[0] === idOf(settings, 'small') ? 'small' : 'main';
}

export function withWorker(settings: ModelSettings, task: ModelTask, worker: Worker): ModelSettings {
  const route = without(settings.routes[task] ?? {}, 'models');
  const small = idOf(settings, 'small');
  if (worker === 'usual') return withRoute(settings, task, route);
  const id = worker === 'small' && small !== undefined ? small : settings.main[0];
  return withRoute(settings, task, { ...route, models: worker === 'local' || id === undefined ? [] : [id] });
}

/** How long a step may take, in seconds; null as built in. */
export const secondsOf = ({ routes }: ModelSettings, task: ModelTask): number | null => {
  const limit = routes[task]?.timeLimitMs;
  return limit === undefined ? null : limit / 1000;
};

export function withSeconds(settings: ModelSettings, task: ModelTask, seconds: number | null): ModelSettings {
  const route = without(settings.routes[task] ?? {}, 'timeLimitMs');
  if (seconds === null) return withRoute(settings, task, route);
  const timeLimitMs = Math.round(Math.min(Math.max(seconds, 0.2), 300) * 1000);
  return withRoute(settings, task, { ...route, timeLimitMs });
}

function withRoute(settings: ModelSettings, task: ModelTask, route: Route): ModelSettings {
  const others = without(settings.routes, task) as ModelSettings['routes'];
  return { ...settings, routes: Object.keys(route).length > 0 ? { ...others, [task]: route } : others };
}

/** At the limit `cheaper` asks the small model. */
export function withAtLimit(
  settings: ModelSettings,
  atLimit: ModelSettings['limits']['atLimit'],
): ModelSettings {
  const cheaperModel = atLimit === 'cheaper' ? (idOf(settings, 'small') ?? null) : null;
  return { ...settings, limits: { ...settings.limits, atLimit, cheaperModel } };
}

/** What keeps a team's models from being published, by field. */
export function problemsOfModels(
  settings: ModelSettings,
): Readonly<Record<string, 'missing' | 'address' | false>> {
  const address = ModelConnection.shape.baseUrl.safeParse(serviceOf(settings)?.baseUrl);
  const { atLimit, cheaperModel } = settings.limits;
  return {
    'models.address': settings.isOn && !address.success && 'address',
    'models.main': settings.isOn && modelOf(settings, 'main').trim() === '' && 'missing',
    'models.small': atLimit === 'cheaper' && cheaperModel === null && 'missing',
  };
}
