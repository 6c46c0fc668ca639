/** Texts of the playground, where a lead tries prompts. */
export const playgroundStrings = {
  playground: {
    intro:
      'Try what a stage tells its model on a conversation, beside what it tells it now. Nothing is sent to a customer, and no card changes. To publish it, put the text into the prompt under Knowledge draft.',
    conversation: 'Conversation',
    noConversation: 'There is no conversation to try it on.',
    stage: 'Stage',
    whole: 'The other stages ask their model too',
    inForce: (version: number): string =>
      version === 0 ? 'In force: the built-in text' : `In force: version ${String(version)}`,
    yours: 'Yours',
    yoursHint:
      'The form of the answer, the limits and what counts as data are added by Cuecard and cannot be changed here.',
    revert: 'As in force',
    run: 'Try both',
    cancel: 'Stop',
    running: 'Asking the model',
    before: 'In force',
    after: 'Yours',
    notRun: 'Not tried yet.',
    same: 'Both came to the same text.',
    difference: 'What yours changes',
    noText: 'No reply.',
    figures: (supported: number, claims: number, seconds: string): string =>
      `${String(supported)} of ${String(claims)} claims supported · ${seconds} s`,
    cost: (dollars: string): string => `${dollars} USD`,
    intent: 'Intent',
    wouldNotShow: 'The card would not show it',
    support: {
      supported: 'supported',
      weak: 'weak',
      unsupported: 'unsupported',
      not_needed: '',
    },
  },
} as const;
