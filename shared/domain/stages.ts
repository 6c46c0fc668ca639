/** The stages of a run, in the order a message travels; folder = node = log scope = event = label. */
export const STAGES = ['intent', 'retrieval', 'tools', 'drafting', 'critique', 'escalation'] as const;
