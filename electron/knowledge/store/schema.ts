/**
 * One statement list per schema version; the file's `user_version` counts those applied. Released entries never change:
 * a new need is a new entry.
 *
 * `chunks.id` is the row of `passages` and the label in the HNSW index, so it is never given out twice (AUTOINCREMENT).
 * `passages.ids` holds identifiers such as PAY-311 as one word (`pay311`), which the tokenizer would part at the dash.
 * `source_files` remembers how a file was when it was read, and what could not be read of it, so that it is not read again.
 * An article without `source_id` came with the workspace.
 * `release` is the release of the team in use, `release_entries` its listing, `release_items` what it says besides articles.
 * `release_entries.article_id` is the id an article of the release has here, where an own source may have taken its own; null for all else.
 * `words` knows every word the articles ever used as it is written, to recognise a customer's typing errors.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    category TEXT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('public', 'internal')),
    language TEXT NOT NULL,
    product TEXT,
    owner TEXT,
    source TEXT,
    updated_at TEXT,
    valid_from TEXT,
    valid_until TEXT,
    markdown TEXT NOT NULL,
    fingerprint TEXT NOT NULL
  );
  CREATE TABLE chunks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    heading_path TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    hash TEXT NOT NULL
  );
  CREATE INDEX chunks_of_article ON chunks (article_id);
  CREATE TABLE vectors (
    hash TEXT NOT NULL,
    embedder TEXT NOT NULL,
    vector BLOB NOT NULL,
    UNIQUE (embedder, hash)
  );
  CREATE VIRTUAL TABLE passages USING fts5 (
    title, headings, body, ids,
    tokenize = 'porter unicode61 remove_diacritics 2'
  );
  CREATE VIRTUAL TABLE passage_terms USING fts5vocab (passages, 'row');
  CREATE TABLE words (
    word TEXT PRIMARY KEY
  ) WITHOUT ROWID;
  INSERT INTO meta (key, value) VALUES ('generation', '0'), ('closed_cleanly', '1');
  `,
  `
  ALTER TABLE articles ADD COLUMN brand TEXT;
  ALTER TABLE articles ADD COLUMN pool TEXT NOT NULL DEFAULT 'articles' CHECK (pool IN ('articles', 'cases'));
  ALTER TABLE chunks ADD COLUMN page INTEGER;
  `,
  `
  CREATE TABLE sources (
    id TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    pool TEXT NOT NULL CHECK (pool IN ('articles', 'cases')),
    is_watched INTEGER NOT NULL,
    imported_at TEXT,
    UNIQUE (path, pool)
  ) WITHOUT ROWID;
  CREATE TABLE source_files (
    source_id TEXT NOT NULL,
    path TEXT NOT NULL,
    base_id TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified_ms REAL NOT NULL,
    sha256 TEXT NOT NULL,
    reader TEXT NOT NULL,
    failures TEXT NOT NULL,
    PRIMARY KEY (source_id, path)
  ) WITHOUT ROWID;
  ALTER TABLE articles ADD COLUMN source_id TEXT;
  ALTER TABLE articles ADD COLUMN file TEXT;
  CREATE INDEX articles_of_file ON articles (source_id, file);
  `,
  `
  CREATE INDEX chunks_with_hash ON chunks (hash);
  CREATE INDEX articles_with_title ON articles ('title:' || title);
  `,
  `
  CREATE TABLE release (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    number INTEGER NOT NULL,
    root TEXT NOT NULL,
    applied_at TEXT NOT NULL,
    articles_changed INTEGER NOT NULL,
    signed TEXT NOT NULL
  );
  CREATE TABLE release_entries (
    key TEXT PRIMARY KEY,
    hash TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    article_id TEXT
  ) WITHOUT ROWID;
  CREATE TABLE release_items (
    key TEXT PRIMARY KEY,
    content BLOB NOT NULL
  ) WITHOUT ROWID;
  `,
];
