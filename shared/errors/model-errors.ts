/** What a test of a chat model's connection finds, each with what to do next. */
export const modelErrors = {
  MODEL_KEY_MISSING: {
    message: 'This service needs a key.',
    next: 'Enter the key, or set the environment variable that is named, then test again.',
    canRetry: false,
    exitCode: 4,
  },
  MODEL_HOST_UNKNOWN: {
    message: 'No computer of this name was found.',
    next: 'Check the address for a typing mistake, and that you are online (some names exist only in a company network or VPN).',
    canRetry: true,
    exitCode: 4,
  },
  MODEL_NOTHING_LISTENS: {
    message: 'Nothing answers at this address: the connection was refused.',
    next: 'Start the model server, or correct the port (Ollama 11434, llama.cpp 8080, vLLM 8000).',
    canRetry: true,
    exitCode: 4,
  },
  MODEL_CERTIFICATE_REFUSED: {
    message: 'The certificate of the service is not trusted by this computer.',
    next: 'Correct the address (https or http), or ask your administrator to install the company certificate.',
    canRetry: false,
    exitCode: 4,
  },
  MODEL_NO_CONNECTION: {
    message: 'The service cannot be reached.',
    next: 'Check the network, a firewall or a proxy between here and the address, then test again.',
    canRetry: true,
    exitCode: 4,
  },
  MODEL_REDIRECTED: {
    message: 'The service points to another address. Keys and conversations are not sent on.',
    next: 'Give the final address, usually with https and without a trailing path.',
    canRetry: false,
    exitCode: 4,
  },
  MODEL_KEY_NOT_ACCEPTED: {
    message: 'The service does not accept the key.',
    next: 'Copy the key again from the account of the service, and check that it may use this model.',
    canRetry: false,
    exitCode: 4,
  },
  MODEL_NAME_UNKNOWN: {
    message: 'The service does not know this model.',
    next: 'Copy the name from its list of models (for Azure: the deployment; for Ollama: run "ollama pull NAME" first).',
    canRetry: false,
    exitCode: 4,
  },
  MODEL_PATH_UNKNOWN: {
    message: 'The server answers, and has no chat service at this path.',
    next: 'Check the end of the address: most services that speak the protocol of OpenAI want /v1 there.',
    canRetry: false,
    exitCode: 4,
  },
  MODEL_NO_QUOTA: {
    message: 'The account at the service has no credit or quota left.',
    next: 'Add credit or raise the limit in the account of the service.',
    canRetry: false,
    exitCode: 4,
  },
  MODEL_SERVICE_BUSY: {
    message: 'The service is busy or limits how often it is asked.',
    next: 'Test again in a minute; if it stays, look at the status page of the service.',
    canRetry: true,
    exitCode: 5,
  },
  MODEL_TOO_SLOW: {
    message: 'The model did not answer in time.',
    next: 'A local model may have been loading: test again. If it stays, choose a smaller model or a faster service.',
    canRetry: true,
    exitCode: 5,
  },
  MODEL_OTHER_PROTOCOL: {
    message: 'Something answers at this address that does not speak the protocol that was chosen.',
    next: 'Check address and provider: this may be a web page, a sign-in page of the network, or another protocol.',
    canRetry: false,
    exitCode: 4,
  },
  MODEL_REQUEST_NOT_TAKEN: {
    message: 'The service does not take the request.',
    next: 'The detail says what it objects to; another model of the service may work.',
    canRetry: false,
    exitCode: 4,
  },
  MODEL_ANSWERS_BADLY: {
    message: 'The model answers, though not with a usable text.',
    next: 'Test again, or choose another model; a very small one may not follow instructions.',
    canRetry: true,
    exitCode: 5,
  },
  MODELS_NONE_CHOSEN: {
    message: 'No chat model is chosen.',
    next: 'Choose one in the settings of the app or with "cuecard models use"; "cuecard models list" names the services.',
    canRetry: false,
    exitCode: 2,
  },
} as const;
