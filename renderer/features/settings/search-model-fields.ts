import type { RouteInput } from '../../../shared/contracts/ipc/index.js';
import type { EmbedderSettings } from '../../../shared/domain/embedder-settings.js';

type Draft = RouteInput<'embedder.use'>['draft'];

/** What the rep has typed and chosen, as text. */
export interface ModelFields {
  readonly kind: EmbedderSettings['kind'];
  readonly dir: string;
  readonly address: string;
  readonly model: string;
  /** As just entered; never filled from what is kept. */
  readonly key: string;
  readonly keyVariable: string;
  readonly queryPrefix: string;
  readonly passagePrefix: string;
  readonly dimensions: string;
  /** What only the file sets; it stays as it is. */
  readonly unseen: { readonly batchSize?: number; readonly maxTokens?: number };
}

/** A field that has to be put right first. */
export type FieldProblem = 'dir' | 'address' | 'model' | 'keyVariable' | 'dimensions';

export const emptyFields: ModelFields = {
  ...{ kind: 'bundled', dir: '', address: '', model: '', key: '' },
  ...{ keyVariable: '', queryPrefix: '', passagePrefix: '', dimensions: '' },
  unseen: {},
};

export function fieldsOf(settings: EmbedderSettings): ModelFields {
  switch (settings.kind) {
    case 'bundled':
      return emptyFields;
    case 'onnx_directory':
      return { ...emptyFields, kind: settings.kind, dir: settings.dir };
    case 'openai_compatible': {
      const { kind, baseUrl, model, keyVariable, queryPrefix, passagePrefix, batchSize, maxTokens } =
        settings;
      const dimensions = settings.asksForDimensions ? String(settings.dimensions) : '';
      return {
        ...{ ...emptyFields, kind, model, queryPrefix, passagePrefix, dimensions },
        ...{ address: baseUrl, keyVariable: keyVariable ?? '' },
        unseen: { batchSize, maxTokens },
      };
    }
  }
}

/** The choice as main takes it, or the first field that keeps it from being one. */
export function draftOf(fields: ModelFields): { readonly draft: Draft } | { readonly problem: FieldProblem } {
  const { kind, dir, queryPrefix, passagePrefix } = fields;
  if (kind === 'bundled') return { draft: { kind } };
  if (kind === 'onnx_directory') return dir === '' ? { problem: 'dir' } : { draft: { kind, dir } };
  const [baseUrl, model, keyVariable, count] = [
    fields.address.trim(),
    fields.model.trim(),
    fields.keyVariable.trim(),
    fields.dimensions.trim(),
  ];
  if (!hostOf(baseUrl)) return { problem: 'address' };
  if (model === '') return { problem: 'model' };
  if (!/^([A-Za-z_][A-Za-z0-9_]*)?$/.test(keyVariable)) return { problem: 'keyVariable' };
  if (count !== '' && !(/^[1-9]\d*$/.test(count) && Number(count) <= 8192)) return { problem: 'dimensions' };
  return {
    draft: {
      ...{ kind, baseUrl, model, queryPrefix, passagePrefix, ...fields.unseen },
      keyVariable: keyVariable === '' ? null : keyVariable,
      dimensions: count === '' ? null : Number(count),
    },
  };
}

/** Where an address leads; null when it is none, or carries a name, a password or a query. */
export function hostOf(address: string): { readonly host: string; readonly isOpen: boolean } | null {
  if (!URL.canParse(address)) return null;
  const { protocol, host, hostname, username, password, search, hash } = new URL(address);
  if (!/^https?:$/.test(protocol) || username + password + search + hash !== '') return null;
  const isHere = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  return { host, isOpen: protocol === 'http:' && !isHere };
}
