/** What can go wrong with a workspace folder or a file the user names. */
export const workspaceErrors = {
  WORKSPACE_NOT_FOUND: {
    message: 'There is no workspace in this folder.',
    next: 'Make one with "cuecard kb import PATH --workspace DIR".',
    canRetry: false,
    exitCode: 2,
  },
  WORKSPACE_INVALID_TEAM: {
    message: 'A team file of the workspace cannot be read.',
    next: 'Correct the named file; the detail says where it is wrong.',
    canRetry: false,
    exitCode: 3,
  },
  WORKSPACE_NOT_WRITABLE: {
    message: 'The workspace folder cannot be written.',
    next: 'Check the rights and the free space of the folder.',
    canRetry: true,
    exitCode: 5,
  },
  WORKSPACE_EMBEDDER_UNREADABLE: {
    message: 'The file that says which search model to use cannot be read; the bundled one is used.',
    next: 'Correct the named file, or choose again in the settings or with "cuecard kb embedder"; the file is kept.',
    canRetry: false,
    exitCode: 3,
  },
  WORKSPACE_MODELS_UNREADABLE: {
    message:
      'The file that says which chat models to use cannot be read; those of the team are used, if any.',
    next: 'Correct the named file, or choose again in the settings or with "cuecard models use"; the file is kept.',
    canRetry: false,
    exitCode: 3,
  },
  WORKSPACE_DATABASE_CORRUPT: {
    message: 'The database with decisions and suggestions is damaged and was not opened.',
    next: 'Move the named file away (keep it: your decisions may be recovered from it) and start again.',
    canRetry: false,
    exitCode: 5,
  },
  WORKSPACE_KEY_LOCKED: {
    message:
      'What is kept on this computer is encrypted, and the keychain does not give the key. Nothing was changed.',
    next: 'Unlock the keychain, or sign in to your desktop as you do otherwise, and start Cuecard again. If the key is gone for good, begin anew when Cuecard asks.',
    canRetry: true,
    exitCode: 5,
  },
  WORKSPACE_SET_ASIDE: {
    message:
      'What was kept on this computer could not be read: the keychain does not give its key any more, or a file is damaged. Nothing was deleted; Cuecard began anew.',
    next: 'The files are in the named folder; its READ-ME.txt says how to use them again once the keychain gives the key.',
    canRetry: false,
    exitCode: 5,
  },
  WORKSPACE_ASIDE_READABLE: {
    message: 'What was put aside at an earlier start can be read again: the keychain gives its key.',
    next: 'READ-ME.txt in the named folder says how to use it again; delete the folder when you do not need it.',
    canRetry: false,
    exitCode: 5,
  },
  WORKSPACE_NOT_ENCRYPTED: {
    message: 'What was kept on this computer before could not be encrypted and is used as it is.',
    next: 'Make room on the disk, end other programs that use the workspace, and start Cuecard again: it tries at each start.',
    canRetry: true,
    exitCode: 5,
  },
  CONVERSATION_FILE_NOT_FOUND: {
    message: 'The conversation file does not exist.',
    next: 'Check the path, or use "-" to read standard input.',
    canRetry: false,
    exitCode: 2,
  },
  CONVERSATION_FILE_INVALID: {
    message: 'The conversation file is not in the documented format.',
    next: 'See the conversation file format in resources/demo/README.md; the detail names the field.',
    canRetry: false,
    exitCode: 3,
  },
} as const;
