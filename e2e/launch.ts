import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { sandboxArguments } from '../scripts/launch/sandbox.mjs';
import { resolveElectron } from '../scripts/setup/electron-runtime.mjs';

export const repoRoot = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** An X display, and the file that lets a program draw on it. */
export interface Display {
  readonly DISPLAY: string;
  readonly XAUTHORITY: string;
}

/** What the demo helpdesk plays, and which app plays it. */
export interface Scene {
  /** Conversation ids or file names, in order; all of them when left out. */
  readonly play?: readonly string[];
  /** Multiplies the pauses inside a conversation: 0 plays all at once, 1 in real time. */
  readonly pace?: number;
  /** Milliseconds between the starts of two conversations. */
  readonly spacingMs?: number;
  /** Address of a demo's hub, as `npm start` gives it. */
  readonly demoHub?: string;
  /** A packaged app instead of the one in this repository. */
  readonly executablePath?: string;
  /** The screen it stands on, instead of the one the tests have. */
  readonly display?: Display;
}

/** A running Cuecard. */
export interface Cuecard {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly home: string;
  /** Everything the app printed so far. */
  readonly output: () => string;
  readonly close: () => Promise<void>;
}

/** Starts Cuecard on the data folder `home` and waits until its window has painted the inbox. */
export async function startCuecard(home: string, scene: Scene = {}): Promise<Cuecard> {
  const { executablePath, args } = await program(scene.executablePath);
  const app = await _electron.launch({
    executablePath,
    // What is in the data folder is looked at, so no machine's keychain may encrypt it.
    args: [...args, '--password-store=basic'],
    env: environment(home, scene),
    // The app's own light or dark, not one the test tool pretends.
    colorScheme: null,
    timeout: 45_000,
  });
  let printed = '';
  const collect = (part: Buffer): void => void (printed += part.toString());
  app.process().stdout?.on('data', collect);
  app.process().stderr?.on('data', collect);
  const cuecard = { app, home, output: () => printed, close: () => app.close() };
  try {
    const page = await app.firstWindow();
    await expect(page.getByRole('banner').or(page.getByRole('main')).first()).toBeVisible();
    return { ...cuecard, page };
  } catch (error) {
    await app.close();
    throw new Error(`Cuecard did not open its window. It printed:\n${printed}`, { cause: error });
  }
}

/** Starts the app once more on the folder of a running one, as a click on a link does, and waits until that start has ended. */
export async function startAgain(home: string, link: string): Promise<void> {
  const { executablePath, args } = await program(undefined);
  const env = environment(home, {});
  await new Promise((resolve) => spawn(executablePath, [...args, link], { env }).once('exit', resolve));
}

async function program(packaged: string | undefined): Promise<{ executablePath: string; args: string[] }> {
  if (packaged !== undefined)
    return { executablePath: packaged, args: (await sandboxArguments(packaged)).args };
  const runtime = await resolveElectron();
  if (!runtime) throw new Error('There is no Electron here yet. Run "npm start" or "npm test" once.');
  const sandbox = await sandboxArguments(runtime.executablePath);
  return { executablePath: runtime.executablePath, args: [...runtime.appArgs, ...sandbox.args] };
}

function environment(home: string, scene: Scene): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('ELECTRON_RUN'),
  );
  return {
    ...Object.fromEntries(inherited),
    CUECARD_HOME: home,
    CUECARD_MIRROR_CARDS: '1',
    CUECARD_DEMO_PACE: String(scene.pace ?? 0),
    CUECARD_DEMO_SPACING_MS: String(scene.spacingMs ?? 0),
    ...(scene.demoHub !== undefined && { CUECARD_DEMO_HUB: scene.demoHub }),
    ...(scene.play && { CUECARD_DEMO_ONLY: scene.play.join(',') }),
    ...scene.display,
  };
}
