import { detect, detectAll } from 'tinyld';
import { z } from 'zod';

import { detectLanguage } from '../agents/intent/language.js';
import { readDataRows } from './data-rows.js';
import { evaluateLabels, type LabelEvaluation, type LabelledText } from './label-report.js';
import { splitRows } from './split-rows.js';

const Row = z
  .object({
    text: z.string(),
    language: z.string().optional(),
    lang: z.string().optional(),
    label: z.string().optional(),
    labels: z.string().optional(),
    split: z.string().optional(),
  })
  .refine(({ language, lang, label, labels }) => (language ?? lang ?? label ?? labels) !== undefined, {
    path: ['language'],
    message: 'A row needs "text" and "language".',
  });

/** Two written Norwegians are one language to a support team. */
const SAME: Readonly<Record<string, string>> = { nb: 'no', nn: 'no', fil: 'tl', iw: 'he', in: 'id' };
const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** Codes of one language, whatever they are written as: `en`, `eng`, `en-GB`, `English`. */
function codeOf(written: string): string {
  const plain = written.trim();
  if (/^(?:und|unknown|none|)$/iu.test(plain)) return 'und';
  if (/^[a-z]{2,3}(?:[-_][a-z]{2,4}){0,2}$/iu.test(plain)) {
    const code = new Intl.Locale(plain.replaceAll('_', '-')).language;
    return SAME[code] ?? code;
  }
  return codeByName().get(plain.toLowerCase()) ?? plain.toLowerCase();
}

let known: Map<string, string> | null = null;

function codeByName(): ReadonlyMap<string, string> {
  if (known) return known;
  known = new Map();
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  for (const first of letters) {
    for (const second of letters) {
      const name = names.of(first + second);
      if (name !== undefined) known.set(name.toLowerCase(), SAME[first + second] ?? first + second);
    }
  }
  return known;
}

export interface LanguageOptions {
  readonly teamLanguages: readonly string[];
  /** Only the rows of this split; all when left out. */
  readonly split?: string;
  readonly noise: boolean;
}

/**
 * Measures how well the language of each text of a file is told, beside tinyld alone.
 * @throws AppErrorException EVALUATION_DATA_NOT_FOUND, EVALUATION_DATA_INVALID.
 */
export async function evaluateLanguage(file: string, options: LanguageOptions): Promise<LabelEvaluation> {
  const { teamLanguages, split, noise } = options;
  const rows = await readDataRows(file, Row);
  const texts = splitRows(file, rows, ({ value }) => value.split, split).map(({ value }): LabelledText => {
    const { text, language, lang, label, labels } = value;
    return { text, label: codeOf(language ?? lang ?? label ?? labels ?? '') };
  });
  const only = [...new Set(texts.map(({ label }) => label))].filter((code) => code !== 'und');
  const methods = [
    { name: 'Cuecard', label: (text: string) => codeOf(detectLanguage(text, teamLanguages)) },
    { name: 'tinyld', label: (text: string) => codeOf(detect(text)) },
    {
      name: 'tinyld, only the languages of the file',
      label: (text: string) => codeOf(detectAll(text, { only })[0]?.lang ?? 'und'),
    },
  ];
  return evaluateLabels(file, texts, methods, noise);
}
