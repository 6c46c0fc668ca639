import type { TeamProfile } from '../../shared/domain/team.js';
import type { Detector } from '../../shared/personal-data/detect.js';
import { createRuleDetector } from '../../shared/personal-data/rule-detector.js';

/** The detector of a team: it knows how the team writes its orders, returns and parcels, and which words are the team's own. */
export function createTeamDetector({ patterns, name, supportName, products }: TeamProfile): Detector {
  const { orderId, returnId, trackingNumber } = patterns;
  return createRuleDetector({
    orderPatterns: [orderId, returnId, trackingNumber].filter((source) => source !== undefined),
    ownNames: [name, supportName, ...products],
  });
}
