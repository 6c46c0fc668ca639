/** What the window says about who answers; a part of `strings`. */
export const answeringStrings = {
  answering: {
    local: 'Local engine',
    standsIn: { over_budget: 'Local: budget used up', failing: 'Local: model failing' },
    label: (shown: string, message: string | null) =>
      message === null ? `Answers by: ${shown}` : `Answers by: ${shown}. ${message}`,
  },
} as const;
