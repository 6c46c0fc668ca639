import { modelPresets, type ModelPreset } from '../../../shared/domain/model-presets.js';
import type { ModelsView } from '../../../shared/contracts/ipc/models.js';
import type { RouteInput } from '../../../shared/contracts/ipc/index.js';
import type { ModelTask } from '../../../shared/domain/model-run.js';
import type { ModelSettings } from '../../../shared/domain/model-settings.js';
import { hostOf } from './search-model-fields.js';

export type SaveInput = RouteInput<'models.save'>;
export type TestInput = RouteInput<'models.test'>;
/** Who does a step: as built in, one of the models of the form, or no model. */
export type StepModel = 'usual' | 'main' | 'small' | 'local';

/** What the rep has typed and chosen, as text. */
export interface ChatModelFields {
  readonly use: 'off' | 'team' | 'own';
  readonly preset: string;
  readonly address: string;
  readonly model: string;
  /** As just entered; never filled from what is kept. */
  readonly key: string;
  readonly secretHeader: string;
  readonly keyVariable: string;
  readonly apiVersion: string;
  readonly contextTokens: number | null;
  readonly small: string;
  readonly fallback: string;
  readonly dailyDollars: number | null;
  readonly dailyCalls: number | null;
  readonly atLimit: ModelSettings['limits']['atLimit'];
  readonly usesCache: boolean;
  readonly steps: Readonly<Partial<Record<ModelTask, StepModel>>>;
  /** Seconds a step may take, by task; what is left out is as built in. */
  readonly seconds: Readonly<Partial<Record<ModelTask, number>>>;
  /** What only the file sets; it stays as it is. */
  readonly base: ModelSettings | null;
}

/** A field that has to be put right first. */
export type ChatFieldProblem = 'address' | 'model' | 'keyVariable' | 'small';

export const presetOf = (id: string): ModelPreset =>
  modelPresets.find((preset) => preset.id === id) ?? (modelPresets.at(-1) as ModelPreset);

export const emptyChatFields: ChatModelFields = {
  ...{ use: 'off', preset: 'openai', address: presetOf('openai').baseUrl, model: '' },
  ...{ key: '', secretHeader: '', keyVariable: '', apiVersion: '', contextTokens: null },
  ...{ small: '', fallback: '', dailyDollars: null, dailyCalls: null, atLimit: 'local', usesCache: true },
  ...{ steps: {}, seconds: {}, base: null },
};

/** The fields of what is in force. */
export function chatFieldsOf({ settings, source }: ModelsView): ChatModelFields {
  const { connections, models, main, small, limits, usesCache, routes, isOn } = settings;
  const nameOf = (id: string | undefined): string => models.find((model) => model.id === id)?.model ?? '';
  const choice = models.find(({ id }) => id === main[0]);
  const connection = connections.find(({ id }) => id === choice?.connection);
  const use = !isOn ? 'off' : source === 'team' ? 'team' : 'own';
  if (!connection || !choice) return { ...emptyChatFields, use, base: source === 'own' ? settings : null };
  const preset = modelPresets.find(({ id }) => id === connection.id) ?? presetOf('other');
  const entries = Object.entries(routes) as [ModelTask, ModelSettings['routes'][ModelTask]][];
  const who = (chain: readonly string[]): StepModel =>
    chain.length === 0 ? 'local' : chain[0] === small[0] && small.length > 0 ? 'small' : 'main';
  return {
    ...emptyChatFields,
    ...{ use, preset: preset.id, address: connection.baseUrl, model: choice.model, usesCache },
    ...{ keyVariable: connection.keyVariable ?? '', apiVersion: connection.apiVersion ?? '' },
    ...{ contextTokens: choice.contextTokens, small: nameOf(small[0]), fallback: nameOf(main[1]) },
    dailyDollars: limits.dailyCostMicros === null ? null : limits.dailyCostMicros / 1_000_000,
    ...{ dailyCalls: limits.dailyCalls, atLimit: limits.atLimit },
    steps: Object.fromEntries(
      entries.flatMap(([task, route]) => (route?.models ? [[task, who(route.models)]] : [])),
    ),
    seconds: Object.fromEntries(
      entries.flatMap(([task, route]) =>
        route?.timeLimitMs === undefined ? [] : [[task, route.timeLimitMs / 1000]],
      ),
    ),
    base: source === 'own' ? settings : null,
  };
}

/** The choice as main takes it, or the first field that keeps it from being one. */
export function chatSettingsOf(
  fields: ChatModelFields,
): { readonly save: SaveInput; readonly test: TestInput } | { readonly problem: ChatFieldProblem } {
  const [address, model, variable, small, fallback] = [
    fields.address.trim(),
    fields.model.trim(),
    fields.keyVariable.trim(),
    fields.small.trim(),
    fields.fallback.trim(),
  ];
  if (!hostOf(address)) return { problem: 'address' };
  if (model === '') return { problem: 'model' };
  if (!/^([A-Za-z_][A-Za-z0-9_]*)?$/.test(variable)) return { problem: 'keyVariable' };
  if (fields.atLimit === 'cheaper' && small === '') return { problem: 'small' };
  const preset = presetOf(fields.preset);
  const kept = fields.base?.connections.find(({ id }) => id === preset.id);
  const connection = {
    ...{ id: preset.id, name: preset.name, protocol: preset.protocol, baseUrl: address },
    ...{ needsKey: preset.needsKey, keyVariable: variable === '' ? null : variable },
    ...{ keyHeader: preset.keyHeader ?? 'bearer', secretHeader: preset.secretHeader ?? null },
    ...{ apiVersion: fields.apiVersion.trim() || null, headers: kept?.headers ?? preset.headers ?? {} },
  } as const;
  const contextTokens = fields.contextTokens ?? 32_000;
  const named = [
    { id: 'main', model },
    { id: 'small', model: small },
    { id: 'fallback', model: fallback },
  ].filter((choice) => choice.model !== '');
  const others = othersOf(fields, preset.id);
  const chains: Record<StepModel, string[] | undefined> = {
    usual: undefined,
    ...{ main: ['main'], small: small === '' ? ['main'] : ['small'], local: [] },
  };
  const secrets = { key: fields.key.trim() || null, secretHeader: fields.secretHeader.trim() || null };
  return {
    save: {
      settings: {
        ...(fields.base ?? {}),
        isOn: true,
        connections: [connection, ...others.connections],
        models: [
          ...named.map((choice) => ({ ...choice, connection: preset.id, contextTokens })),
          ...others.models,
        ],
        main: ['main', ...(fallback === '' ? [] : ['fallback']), ...others.chain],
        small: small === '' ? [] : ['small', 'main'],
        routes: routesOf(fields, chains),
        limits: {
          ...(fields.base?.limits ?? {}),
          dailyCostMicros: fields.dailyDollars === null ? null : Math.round(fields.dailyDollars * 1_000_000),
          ...{ dailyCalls: fields.dailyCalls, atLimit: fields.atLimit },
          cheaperModel: fields.atLimit === 'cheaper' ? 'small' : null,
        },
        usesCache: fields.usesCache,
      },
      secrets: { [preset.id]: secrets },
    },
    test: { connection, model, secrets },
  };
}

/** Connections of the file that the form does not show, with their models and their place in the chain. */
function othersOf({ base }: ChatModelFields, presetId: string) {
  const connections = (base?.connections ?? []).filter(({ id }) => id !== presetId);
  const shown = new Set(['main', 'small', 'fallback']);
  const models = (base?.models ?? []).filter(
    ({ id, connection }) => !shown.has(id) && connections.some((other) => other.id === connection),
  );
  const chain = (base?.main ?? []).filter((id) => models.some((model) => model.id === id));
  const used = connections.filter(({ id }) => models.some(({ connection }) => connection === id));
  return { connections: used, models, chain };
}

function routesOf(
  { steps, seconds, base }: ChatModelFields,
  chains: Record<StepModel, string[] | undefined>,
) {
  const tasks = new Set([
    ...Object.keys(steps),
    ...Object.keys(seconds),
    ...Object.keys(base?.routes ?? {}),
  ]) as Set<ModelTask>;
  return Object.fromEntries(
    [...tasks].map((task) => {
      const rest = without(base?.routes[task] ?? {}, ['models', 'timeLimitMs']);
      const models = chains[steps[task] ?? 'usual'];
      const limit = seconds[task];
      return [
        task,
        {
          ...rest,
          ...(models === undefined ? {} : { models }),
          ...(limit === undefined ? {} : { timeLimitMs: Math.round(limit * 1000) }),
        },
      ];
    }),
  );
}

const without = (record: object, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
