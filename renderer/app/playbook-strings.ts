/** Playbooks on the card; a part of `strings`. */
export const playbookStrings = {
  playbook: {
    title: (title: string) => `Playbook: ${title}`,
    steps: 'Steps',
    count: (done: number, all: number) => `${done} of ${all} done`,
    next: 'next',
    state: { done: 'Done', open: 'To do', not_needed: 'Not needed' },
    underChanges: (status: string) => `Under Changes: ${status.toLowerCase()}`,
    onlyIf: (condition: string) => `Only if: ${condition}`,
    by: {
      done: { look_up: 'Looked up:', change: 'Done here:', facts: 'Seen:', rep: 'Ticked by you' },
      not_needed: {
        look_up: '',
        change: '',
        facts: 'Not needed:',
        rep: 'Not needed, you said',
      },
    },
    notNeeded: (words: string) => `Not needed: ${words}`,
    takeBack: (words: string) => `Needed after all: ${words}`,
    notKept: 'The tick was not kept.',
  },
} as const;
