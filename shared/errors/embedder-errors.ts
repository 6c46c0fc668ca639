/** What can go wrong with an embedding model that a team brings itself. */
export const embedderErrors = {
  EMBEDDER_FOLDER_UNUSABLE: {
    message: 'The embedding model in this folder cannot be used.',
    next: 'Choose a folder with model.onnx (or onnx/model.onnx) and tokenizer.json, as exported for bge, e5, gte or MiniLM.',
    canRetry: false,
    exitCode: 3,
  },
  EMBEDDER_KEY_MISSING: {
    message: 'The embedding service needs a key.',
    next: 'Set the named environment variable, or enter the key in the settings of the app, then try again.',
    canRetry: false,
    exitCode: 4,
  },
  EMBEDDER_REFUSED: {
    message: 'The embedding service refused the request.',
    next: 'Check address, model name and key, then try again.',
    canRetry: false,
    exitCode: 4,
  },
  EMBEDDER_UNREACHABLE: {
    message: 'The embedding service does not answer.',
    next: 'Check the connection and the address, then try again.',
    canRetry: true,
    exitCode: 4,
  },
  EMBEDDER_BAD_ANSWER: {
    message: 'The embedding service did not answer with the vectors it was asked for.',
    next: 'Test it again, in the settings or with "cuecard kb embedder"; another model may be behind the same name.',
    canRetry: false,
    exitCode: 4,
  },
  EMBEDDER_CHANGE_MUST_WAIT: {
    message: 'An import is running; the search model cannot be changed now.',
    next: 'Wait until the import has ended, or stop it, then choose again.',
    canRetry: true,
    exitCode: 5,
  },
} as const;
