import type { EmbedderSettings, EmbedderTrial } from '../../shared/domain/embedder-settings.js';
import type { ChangeState } from '../knowledge/change-state.js';
import { printable } from './import-report-text.js';

/** `bundled`, `folder /models/bge`, `service http://localhost:11434/v1, model nomic-embed-text` */
export function embedderName(settings: EmbedderSettings): string {
  switch (settings.kind) {
    case 'bundled':
      return 'bundled';
    case 'onnx_directory':
      return `folder ${printable(settings.dir)}`;
    case 'openai_compatible':
      return `service ${printable(settings.baseUrl)}, model ${printable(settings.model)}`;
  }
}

/** What is sent where, for whoever chooses a service. */
export function sentText(settings: EmbedderSettings): string {
  if (settings.kind !== 'openai_compatible') return '';
  const { host, protocol } = new URL(settings.baseUrl);
  const isOpen = protocol === 'http:' && !/^(localhost|127\.|\[::1\])/.test(host);
  return `All passages and every question are sent to ${host}${isOpen ? ', unencrypted (http)' : ''}.\n`;
}

/** `Tested: 384 numbers a text, 12 ms for one.` */
export const trialText = ({ dimensions, durationMs }: EmbedderTrial): string =>
  `Tested: ${String(dimensions)} numbers a text, ${durationMs.toFixed(0)} ms for one.\n`;

/** How far the passages are, and what answers meanwhile. */
export function changeText({ answering, passages, embedded }: ChangeState, chosenId: string | null): string {
  if (passages === 0) return 'No passages yet.\n';
  const counts = `${embedded.toLocaleString('en')} of ${passages.toLocaleString('en')} passages are embedded`;
  if (chosenId !== null && (answering === null || answering.embedderId === chosenId))
    return `In use; ${counts}.\n`;
  const before = answering?.settings
    ? embedderName(answering.settings)
    : (answering?.embedderId ?? 'words alone');
  return `${counts}; until all are, this answers: ${before}.\nThe app goes on with it when it is open, and so does choosing it again here.\n`;
}
