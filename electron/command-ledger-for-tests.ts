import { openLedgerOfCommand } from './compose-ledger.js';
import { createLedgerStore } from './privacy/ledger-store.js';

/** A command of its own that writes a request down and waits to be ended or killed: `node BUNDLE LEDGER TEXT`. */
const [file = '', text = ''] = process.argv.slice(2);
const ledger = openLedgerOfCommand(file);
const store = createLedgerStore(ledger.database);
const bytes = Buffer.from(text);
store.add({
  ...{ at: new Date().toISOString(), kind: 'chat', task: 'drafting', runId: 'run', conversationId: 'c-1' },
  ...{ method: 'POST', host: 'models.test', path: '/', headers: {}, replaced: {}, kept: {} },
  ...{ sha256: '', bodyBytes: bytes.byteLength, body: { packing: 'none', bytes } },
});
process.stdin.on('data', () => {
  ledger.close();
  process.exit(0);
});
process.stdout.write('written\n');
