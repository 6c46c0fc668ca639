/** What can go wrong when this computer joins a team or leaves it. */
export const teamErrors = {
  TEAM_ALREADY_JOINED: {
    message: 'This computer is in a team already.',
    next: 'Leave that team first.',
    canRetry: false,
    exitCode: 2,
  },
  TEAM_NOTHING_TO_CONFIRM: {
    message: 'There is no team to confirm.',
    next: 'Begin again with your invite.',
    canRetry: false,
    exitCode: 2,
  },
  TEAM_JOIN_CANCELLED: {
    message: 'Joining was cancelled.',
    next: 'Begin again whenever you like.',
    canRetry: true,
    exitCode: 130,
  },
  TEAM_SIGN_IN_FAILED: {
    message: 'The company sign-in did not come to an end.',
    next: 'Try again, or join with an invite code.',
    canRetry: true,
    exitCode: 4,
  },
} as const;
