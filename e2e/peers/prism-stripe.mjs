import { runPeer } from './peer-command.mjs';
import { startPrism } from './prism.mjs';

await runPeer((_, port) => startPrism('stripe.yaml', port));
