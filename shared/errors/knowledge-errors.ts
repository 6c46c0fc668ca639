/** What can go wrong with articles, the database and the index. */
export const knowledgeErrors = {
  KNOWLEDGE_INDEX_NOT_READY: {
    message: 'The knowledge index is still being built.',
    next: 'Wait until the index is ready; suggestions appear by themselves.',
    canRetry: true,
    exitCode: 5,
  },
  KNOWLEDGE_DATABASE_CORRUPT: {
    message: 'The knowledge database is damaged and was not opened.',
    next: 'Move the named file away and import the articles again.',
    canRetry: false,
    exitCode: 5,
  },
  KNOWLEDGE_ARTICLE_NOT_FOUND: {
    message: 'This article is not in the knowledge any more.',
    next: 'Ask for a new suggestion; it will use what the team knows now.',
    canRetry: false,
    exitCode: 2,
  },
  KNOWLEDGE_SOURCE_NOT_FOUND: {
    message: 'There is no such file or folder.',
    next: 'Check the path and try again.',
    canRetry: false,
    exitCode: 2,
  },
  KNOWLEDGE_SOURCE_UNKNOWN: {
    message: 'This source is not in the list any more.',
    next: 'Look at the list of sources; add the file or folder again if it is missing.',
    canRetry: false,
    exitCode: 2,
  },
  KNOWLEDGE_BUSY: {
    message: 'Another Cuecard is writing into this workspace.',
    next: 'Wait until its import has ended, then try again; nothing was changed.',
    canRetry: true,
    exitCode: 5,
  },
  KNOWLEDGE_OF_RELEASE: {
    message: "The articles of this workspace come from the team's release.",
    next: 'Add files as a source of your own, or publish them for the team; a workspace of another folder takes anything.',
    canRetry: false,
    exitCode: 2,
  },
  KNOWLEDGE_NOTHING_TO_IMPORT: {
    message: 'No readable article was found.',
    next: 'Give files or folders of Markdown, HTML, text, CSV, PDF, DOCX or a help-centre export (docs/knowledge-sources.md).',
    canRetry: false,
    exitCode: 3,
  },
  KNOWLEDGE_EMBEDDER_MISSING: {
    message: 'The embedder files are missing or damaged.',
    next: 'Run "npm start" once, or "npx cuecard doctor" to see what is missing.',
    canRetry: false,
    exitCode: 4,
  },
  KNOWLEDGE_ENGINE_STOPPED: {
    message: 'The engine stopped unexpectedly.',
    next: 'Cuecard starts it again; ask for the suggestion once more.',
    canRetry: true,
    exitCode: 5,
  },
  KNOWLEDGE_NOT_SAVED: {
    message: 'The knowledge could not be written to disk.',
    next: 'Free some disk space or check the rights of the folder, then import again; what was there before still works.',
    canRetry: true,
    exitCode: 5,
  },
} as const;
