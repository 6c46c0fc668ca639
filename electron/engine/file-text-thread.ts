import { parentPort, Worker } from 'node:worker_threads';

import { AppErrorException, type AppError, type ErrorCode } from '../../shared/errors/app-error.js';
import { err, ok, type Result } from '../../shared/lib/result.js';
import { FileWithoutText, ProtectedFile, reasonOf } from '../knowledge/sources/failure-reason.js';
import { fileTextOf, UnknownKind, type FileText } from '../knowledge/sources/file-text.js';

/** What the worker file is started with to read one file instead of serving an engine. */
export interface FileTextThreadData {
  readonly fileToRead: { readonly bytes: Uint8Array; readonly name: string };
}

/** Reads the text of a file. @throws AppErrorException ATTACHMENT_*; the signal's reason when it aborts. */
export type ReadFileText = (bytes: Uint8Array, name: string, signal: AbortSignal) => Promise<FileText>;

const HEAP_MB = 384;

export function isFileTextThreadData(data: unknown): data is FileTextThreadData {
  return typeof data === 'object' && data !== null && 'fileToRead' in data;
}

/**
 * Reads a file of a stranger in a thread of its own, which ends with it: a parser that loops or eats memory stops neither the window nor a
 * search, and ends when `signal` aborts.
 */
export function readFileTextInThread(workerFile: string): ReadFileText {
  return (bytes, name, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const data: FileTextThreadData = { fileToRead: { bytes, name } };
      const worker = new Worker(workerFile, {
        workerData: data,
        resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
        // What a parser prints may hold a customer's words.
        ...{ stdout: true, stderr: true },
      });
      const abort = (): void => {
        reject(signal.reason as Error);
        void worker.terminate();
      };
      signal.addEventListener('abort', abort, { once: true });
      worker.once('message', (result: Result<FileText>) => {
        if (result.ok) resolve(result.value);
        else reject(new AppErrorException(result.error.code, result.error.detail));
      });
      worker.once('error', (cause: NodeJS.ErrnoException) => {
        const isMemory = cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
        reject(isMemory ? new AppErrorException('ATTACHMENT_DAMAGED', 'It needs too much memory.') : cause);
      });
      worker.once('exit', (code) => {
        signal.removeEventListener('abort', abort);
        reject(new Error(`The reading thread ended with code ${String(code)}.`));
      });
    });
}

/** The thread's own side: reads the file, tells, and ends. */
export async function runFileTextThread({ fileToRead }: FileTextThreadData): Promise<void> {
  const result = await fileTextOf(Buffer.from(fileToRead.bytes), fileToRead.name).then(
    (text) => ok(text),
    (cause: unknown) => err(failureOf(cause)),
  );
  parentPort?.postMessage(result);
  // An open port would keep the thread.
  parentPort?.close();
}

function failureOf(cause: unknown): AppError {
  const code: ErrorCode =
    cause instanceof UnknownKind
      ? 'ATTACHMENT_KIND_UNREADABLE'
      : cause instanceof ProtectedFile
        ? 'ATTACHMENT_PROTECTED'
        : cause instanceof FileWithoutText
          ? 'ATTACHMENT_WITHOUT_TEXT'
          : 'ATTACHMENT_DAMAGED';
  return new AppErrorException(code, code === 'ATTACHMENT_DAMAGED' ? reasonOf(cause) : undefined).error;
}
