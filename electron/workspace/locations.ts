import path from 'node:path';
import envPaths from 'env-paths';

/** Where things that ship with the app are: inside the package when packaged, in the repository otherwise. */
export interface ResourceLocations {
  /** Folder of `use-lite-support-w8.onnx`, `vocab.json` and `embedder.json`. */
  readonly embedderDir: string;
  /** The demo team as set-up built it: team files, database, index, classifier. */
  readonly demoWorkspaceDir: string;
  /** The demo team's sources: articles, orders, conversations. */
  readonly demoDir: string;
  readonly engineWorkerFile: string;
  readonly rendererDir: string;
  readonly preloadFile: string;
}

/**
 * Resolves what ships with the app from the folder of the running bundle (`build/`).
 * `resourcesPath` is the packaged app's resources folder, or null when run from the repository.
 */
export function locateResources(buildDir: string, resourcesPath: string | null): ResourceLocations {
  const repoResources = path.join(buildDir, '..', 'resources');
  return {
    embedderDir: resourcesPath ? path.join(resourcesPath, 'embedder') : path.join(buildDir, 'embedder'),
    demoWorkspaceDir: path.join(resourcesPath ?? buildDir, 'demo-workspace'),
    demoDir: resourcesPath ? path.join(resourcesPath, 'demo') : path.join(repoResources, 'demo'),
    engineWorkerFile: path.join(buildDir, 'engine-worker.js'),
    rendererDir: path.join(buildDir, 'renderer'),
    preloadFile: path.join(buildDir, 'preload.cjs'),
  };
}

/** The folder that holds workspaces, settings and logs: `CUECARD_HOME`, or the system's place for application data. */
export function cuecardHome(env: NodeJS.ProcessEnv): string {
  const chosen = env['CUECARD_HOME'];
  return chosen ? path.resolve(chosen) : envPaths('cuecard', { suffix: '' }).data;
}

/** The workspace the app opens and the command line uses when none is named. */
export function demoWorkspaceDir(home: string): string {
  return path.join(home, 'workspaces', 'demo');
}
