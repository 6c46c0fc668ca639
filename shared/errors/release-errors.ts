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
      'Two releases are in use side by side (a canary or a comparison), so another cannot go to everybody now.',
    next: 'Promote one or roll back first, or publish without giving it to everybody.',
    canRetry: false,
    exitCode: 5,
  },
  RELEASE_NO_CANARY: {
    message: 'There are no two releases to choose between.',
    next: 'See "cuecard releases list": a canary stands beside the release everybody has.',
    canRetry: false,
    exitCode: 2,
  },
  RELEASE_FILES_UNREAD: {
    message: 'Some files could not be read, so nothing was published.',
    next: 'Correct or remove the files named above, or leave out --strict to publish without them.',
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
