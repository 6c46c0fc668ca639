import { encryptDatabase } from './encrypt-database.js';

/** A process of its own that encrypts a database until it is killed: `node BUNDLE FILE KEY`. */
const [file = '', key = ''] = process.argv.slice(2);
process.stdout.write('started\n');
encryptDatabase(file, key);
process.stdout.write('done\n');
