import { createHmac } from 'node:crypto';

import { proofTextOf } from '../../shared/contracts/browser-extension.js';

/**
 * Shows that this is the app the code was copied from, without telling the token.
 *
 * @param nonce of whoever asks.
 * @returns HMAC-SHA-256 in hex.
 */
export const proofFor = (nonce: string, { port, token }: { readonly port: number; readonly token: string }) =>
  createHmac('sha256', token).update(proofTextOf(port, nonce)).digest('hex');
