import { plural } from './plural.js';

/** What the card says about the model that writes after the local engine; a part of `strings`. */
export const modelCardStrings = {
  modelCard: {
    label: 'Who wrote this',
    waiting: 'A model is writing too. This is the local reply.',
    writing: 'A model is writing. Insert takes the complete local reply.',
    unseen: 'A model is writing. The local reply stays.',
    slow: 'The model takes long. The local reply is complete.',
    ended: (why: string) => `${why} The local reply stays.`,
    byLocal: 'Written by the local engine',
    byLocalOther: 'Written by the local engine. The model’s reply is there too.',
    byModel: (model: string) => `Written by ${model}`,
    tokens: (count: number) => plural(count, 'token'),
    cost: (dollars: string) => `$${dollars}`,
    costUnknown: 'cost not known',
    cached: 'answered before, nothing sent',
    pin: 'Keep this reply',
    pinLocal: 'Keep the local reply',
    unpin: 'Let go',
    showModel: 'Model’s reply',
    showLocal: 'Local reply',
    notice: {
      pinned: 'This reply stays, whatever the model writes.',
      unpinned: 'The newest reply is shown.',
      local: 'Local reply shown.',
      model: 'Model’s reply shown.',
      noOther: 'There is only this reply.',
      insertedLocal: 'Local reply inserted. The model was still writing.',
      ready: 'The model’s reply is ready.',
      besideReady: 'The model’s reply is ready beside the local one.',
    },
  },
} as const;
