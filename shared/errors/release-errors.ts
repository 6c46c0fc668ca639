/** Why a release is not used. The one before keeps working in every case. */
export const releaseErrors = {
  RELEASE_SIGNATURE_INVALID: {
    message: "A release is not signed with your team's key and was refused.",
    next: 'Tell your operator: somebody may be tampering with it. The last good release keeps working.',
    canRetry: false,
    exitCode: 5,
  },
  RELEASE_DAMAGED: {
    message: 'A part of a release arrived damaged and was not used.',
    next: 'It is fetched again by itself.',
    canRetry: true,
    exitCode: 5,
  },
  RELEASE_GOES_BACK: {
    message:
      'The hub offers an older release than this device had from it, as if it had been restored from a backup.',
    next: 'Ask your operator to publish again (docs/hub.md, "Restore"); this device goes on with what it has.',
    canRetry: false,
    exitCode: 5,
  },
  RELEASE_TOO_NEW: {
    message: 'The release needs a newer version of Cuecard.',
    next: 'Update Cuecard; until then this device goes on with what it has.',
    canRetry: false,
    exitCode: 5,
  },
  RELEASE_NO_SPACE: {
    message: 'There is not enough disk space for the new release.',
    next: 'Free as much as the detail says; the last good release keeps working.',
    canRetry: true,
    exitCode: 5,
  },
  RELEASE_OTHER_TEAM: {
    message: 'The release belongs to another team and was refused.',
    next: 'Join the right team, or tell your operator.',
    canRetry: false,
    exitCode: 5,
  },
  RELEASE_NOTHING_TO_PUBLISH: {
    message: 'There is nothing to publish: the newest release has the same content.',
    next: 'Change something first.',
    canRetry: false,
    exitCode: 2,
  },
  RELEASE_OVERTAKEN: {
    message: 'Somebody else published while this release was made; nothing was overwritten.',
    next: 'See what it changed (the releases of the console, or "cuecard releases diff"), then publish again on top of it.',
    canRetry: true,
    exitCode: 5,
  },
  RELEASE_CANARY_RUNS: {
    message:
      'Two releases are in use side by side (a canary or a comparison), so there is no place for another now.',
    next: 'Promote one of them or roll back first (the releases of the console, or "cuecard releases promote" and "rollback"), then publish again.',
    canRetry: false,
    exitCode: 5,
  },
  RELEASE_NO_CANARY: {
    message: 'There are no two releases to choose between.',
    next: 'See "cuecard releases list": a canary stands beside the release everybody has.',
    canRetry: false,
    exitCode: 2,
  },
  RELEASE_RUN_BY_ALL: {
    message: 'Everybody runs this release already, so it cannot go to some first.',
    next: 'Name another one of "cuecard releases list", or publish one with "cuecard kb publish --canary".',
    canRetry: false,
    exitCode: 2,
  },
  RELEASE_NONE_ASSIGNED: {
    message: 'Nobody runs a release yet, so there is none a canary could stand beside.',
    next: 'Publish one for everybody first, without --canary.',
    canRetry: false,
    exitCode: 2,
  },
  RELEASE_FILES_UNREAD: {
    message: 'Some files could not be read, so nothing was published.',
    next: 'Correct or remove the files named above, or leave out --strict to publish without them.',
    canRetry: false,
    exitCode: 3,
  },
  RELEASE_REMOVES_MANY: {
    message: "This release would take away a large part of the team's articles, so nothing was published.",
    next: 'Check that it is the right folder; add --allow-removal where these articles are meant to go.',
    canRetry: false,
    exitCode: 2,
  },
  RELEASE_REMOVES_UNREAD: {
    message:
      'This release would take away articles that may only be unreadable on this machine, so nothing was published.',
    next: 'Make what is named above readable, or add --allow-removal where these articles are meant to go.',
    canRetry: false,
    exitCode: 3,
  },
  RELEASE_OTHER_EMBEDDER: {
    message: 'The newest release was made with another search model than this machine uses.',
    next: 'Choose that model here (settings, or "cuecard kb embedder"), or publish where it is in use.',
    canRetry: false,
    exitCode: 5,
  },
} as const;
