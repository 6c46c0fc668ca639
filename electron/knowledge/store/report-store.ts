import { ImportReport } from '../../../shared/domain/knowledge-source.js';
import { inTransaction, type Sqlite } from './sqlite.js';

/** Keeps what the newest import did. */
export interface ReportStore {
  last(): ImportReport | null;
  keep(report: ImportReport): void;
}

export function createReportStore(reader: Sqlite, writer: Sqlite): ReportStore {
  const read = reader.prepare<{ value: string }>(`SELECT value FROM meta WHERE key = 'last_report'`);
  const write = writer.prepare(`INSERT OR REPLACE INTO meta (key, value) VALUES ('last_report', ?)`);
  return {
    last() {
      const row = read.get();
      // A report of an older version that has another shape is not worth an error.
      return row ? (ImportReport.safeParse(JSON.parse(row.value)).data ?? null) : null;
    },
    keep: (report) => inTransaction(writer, () => void write.run([JSON.stringify(report)])),
  };
}
