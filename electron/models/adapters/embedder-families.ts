import type { Pooling } from './pooling.js';

/** How the models of one family were trained to be used. */
export interface EmbedderFamily {
  readonly pooling: Pooling;
  readonly queryPrefix: string;
  readonly passagePrefix: string;
}

const plain: EmbedderFamily = { pooling: 'mean', queryPrefix: '', passagePrefix: '' };

/** By what the names of published models hold; from their model cards. Only asked where a folder says nothing itself. */
const families: readonly (readonly [name: RegExp, family: EmbedderFamily])[] = [
  [
    /bge.*-en\b/i,
    {
      pooling: 'cls',
      queryPrefix: 'Represent this sentence for searching relevant passages: ',
      passagePrefix: '',
    },
  ],
  [/bge/i, { ...plain, pooling: 'cls' }],
  [/gte.*v1\.5|gte-modernbert|gte-multilingual/i, { ...plain, pooling: 'cls' }],
  [/\be5-/i, { pooling: 'mean', queryPrefix: 'query: ', passagePrefix: 'passage: ' }],
];

/** The family a model's name belongs to; MiniLM, gte and all unknown ones take the mean and no prefix. */
export function familyOf(name: string): EmbedderFamily {
  return families.find(([pattern]) => pattern.test(name))?.[1] ?? plain;
}
