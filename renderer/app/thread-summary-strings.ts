/** What the window says of a conversation in short; a part of `strings`. */
export const threadSummaryStrings = {
  threadSummary: {
    title: 'Summary',
    working: 'Preparing the summary',
    summary: 'So far',
    open: 'Still open',
    nothingOpen: 'No question of the customer is open.',
    wrapUp: 'Note for the record',
    wrapUpHint:
      'What the customer wanted, what was done and what is open. Nothing is written to the helpdesk by itself.',
    write: 'Write the note',
    writing: 'Writing…',
    copy: 'Copy note',
    add: 'Add as internal note',
    by: {
      local: 'Put together from the messages themselves.',
      model: 'Written by a model from the messages.',
    },
    noteCopied: 'Note copied.',
    noteAdded: 'Internal note added.',
  },
} as const;
