/** The stages of a run, in the order a message travels; folder = node = log scope = event = label. */
export const STAGES = ['intent', 'retrieval', 'tools', 'drafting', 'critique', 'escalation'] as const;

/** What has instructions to a chat model of its own: the stages, and what a rep asks for beside a run. */
export const PROMPTED = [...STAGES, 'rewrite', 'summary', 'wrap_up'] as const;
export type Prompted = (typeof PROMPTED)[number];
