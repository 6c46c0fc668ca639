import type { KeyPlace } from '../../shared/domain/key-place.js';
import type { EmbedderSettings } from '../../shared/domain/embedder-settings.js';

/** Every word about the model that finds passages; a part of `strings`. */
export const searchModelStrings = {
  searchModel: {
    title: 'Search model',
    kind: {
      bundled: 'Bundled',
      onnx_directory: 'Folder',
      openai_compatible: 'Service',
    } satisfies Record<EmbedderSettings['kind'], string>,
    bundledHint: 'Comes with Cuecard. Nothing leaves this computer.',
    folderHint: 'A folder with model.onnx and tokenizer.json (bge, e5, gte, MiniLM). Runs on this computer.',
    confidenceHint: 'How sure a search says it is was fitted to the bundled model.',
    folder: 'Model folder',
    noFolder: 'No folder chosen',
    chooseFolder: 'Choose folder',
    sent: (host: string) =>
      `All passages of your knowledge and every question of a customer are sent to ${host}.`,
    sentNowhereYet:
      'All passages of your knowledge and every question of a customer are sent to this address.',
    unencrypted: 'The connection is not encrypted (http).',
    address: 'Address',
    addressExample: 'https://api.openai.com/v1',
    model: 'Model',
    modelExample: 'text-embedding-3-small',
    key: 'Key',
    keyPlace: {
      none: 'No key is kept for this address.',
      environment: 'The key comes from the environment variable.',
      stored: 'A key is stored for this address, encrypted by your system. Leave empty to keep it.',
      this_run: 'A key is kept for this address until Cuecard is closed. Leave empty to keep it.',
    } satisfies Record<KeyPlace, string>,
    keyNotStored:
      'Your system offers no encryption, so the key is not stored: it is gone when Cuecard is closed. An environment variable stays.',
    forgetKey: 'Forget key',
    more: 'More',
    keyVariable: 'Environment variable with the key',
    queryPrefix: 'Put before questions',
    passagePrefix: 'Put before passages',
    dimensions: 'Shorter vectors (count of numbers)',
    fieldProblem: {
      dir: 'Choose the folder of the model first.',
      address: 'Give an address such as https://api.openai.com/v1, without a key in it.',
      model: 'Give the name of the model.',
      keyVariable: 'Give the name of a variable, such as OPENAI_API_KEY, not the key.',
      dimensions: 'Give a whole number from 1 to 8192, or leave it empty.',
    },
    inUse: (name: string) => `Chosen so far: ${name}`,
    modelAt: (model: string, host: string) => `${model} at ${host}`,
    test: 'Test',
    testing: 'Testing…',
    use: 'Use it',
    applying: 'Changing…',
    works: (dimensions: number, time: string) => `Works: ${dimensions} numbers a text, ${time} for one.`,
    applied: 'Chosen. The model before answers until all passages are embedded.',
  },
} as const;
