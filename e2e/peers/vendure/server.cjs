/**
 * A Vendure server in a process of its own, from the packages in `VENDURE_HOME`: orders, payments and customers over the Admin API on loopback. Its
 * database is one file of SQLite in WebAssembly, so that nothing has to be installed or compiled for it.
 */
const { createRequire } = require('node:module');
const path = require('node:path');

const {
  VENDURE_HOME = '',
  VENDURE_DATA = '',
  VENDURE_PORT = '0',
  VENDURE_PASSWORD = '',
  VENDURE_CODES = '',
} = process.env;
const vendure = createRequire(path.join(VENDURE_HOME, 'package.json'))('@vendure/core');
const { bootstrap, dummyPaymentHandler, DefaultLogger, LogLevel, Order, TransactionalConnection } = vendure;

/** The seed's orders get numbers of the demo shop's form, in turn. */
const codes = VENDURE_CODES.split(',');
class SeedCodes {
  init(injector) {
    this.injector = injector;
  }
  async generate(context) {
    const orders = this.injector.get(TransactionalConnection).getRepository(context, Order);
    const count = await orders.count();
    return codes[count] ?? `HP-${String(209_000 + count)}`;
  }
}

bootstrap({
  apiOptions: {
    port: Number(VENDURE_PORT),
    hostname: '127.0.0.1',
    adminApiPath: 'admin-api',
    shopApiPath: 'shop-api',
    cors: false,
  },
  authOptions: {
    tokenMethod: ['bearer'],
    superadminCredentials: { identifier: 'admin', password: VENDURE_PASSWORD },
    requireVerification: false,
  },
  dbConnectionOptions: {
    type: 'sqljs',
    location: path.join(VENDURE_DATA, 'shop.sqlite'),
    autoSave: true,
    synchronize: true,
    logging: false,
  },
  paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
  orderOptions: { orderCodeStrategy: new SeedCodes() },
  customFields: {},
  systemOptions: {},
  logger: new DefaultLogger({ level: LogLevel.Warn }),
}).then(
  () => process.stdout.write('ready\n'),
  (error) => {
    process.stderr.write(`${error.stack ?? error}\n`);
    process.exit(1);
  },
);
