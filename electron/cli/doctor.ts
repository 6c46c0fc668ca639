import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

import { keyFromEnvironment } from '../models/try-service.js';
import { readEmbedderChoice } from '../workspace/embedder-choice.js';
import { cuecardHome, demoWorkspaceDir, type ResourceLocations } from '../workspace/locations.js';
import { workspacePaths } from '../workspace/workspace.js';
import { embedderName } from './embedder-text.js';

/** One thing Cuecard needs: whether it is there, which one, and how to get it. */
const Finding = z.object({
  name: z.string(),
  status: z.enum(['ok', 'warning', 'missing']),
  detail: z.string(),
  fix: z.string().nullish(),
});
type Finding = z.infer<typeof Finding>;

const Inspection = z.object({ inspectInstallation: z.function() });

export interface DoctorCommand {
  readonly json?: boolean;
  /** Whose search model is looked at; the demo team's when left out. */
  readonly workspace?: string;
  readonly resources: ResourceLocations;
  readonly env: NodeJS.ProcessEnv;
}

const EXIT_MISSING = 4;
const marks = { ok: 'ok     ', warning: 'warning', missing: 'MISSING' } as const;

/** `cuecard doctor`: lists what is installed; exit code 4 when something is missing. */
export async function runDoctor({ json, workspace, resources, env }: DoctorCommand): Promise<number> {
  const setup = path.join(path.dirname(resources.engineWorkerFile), '..', 'scripts', 'setup', 'inspect.mjs');
  const module: unknown = await import(pathToFileURL(setup).href);
  const inspect = Inspection.parse(module).inspectInstallation as () => unknown;
  const dir = workspace === undefined ? demoWorkspaceDir(cuecardHome(env)) : path.resolve(workspace);
  const findings = [
    ...z.array(Finding).parse(await inspect()),
    ...workspaceFindings(resources, env),
    embedderFinding(dir, env),
  ];
  const isMissing = findings.some((finding) => finding.status === 'missing');
  process.stdout.write(json ? `${JSON.stringify(findings, null, 2)}\n` : findings.map(findingText).join(''));
  return isMissing ? EXIT_MISSING : 0;
}

function workspaceFindings(resources: ResourceLocations, env: NodeJS.ProcessEnv): Finding[] {
  const isBuilt = fs.existsSync(path.join(resources.demoWorkspaceDir, 'demo.json'));
  const home = cuecardHome(env);
  const copy = demoWorkspaceDir(home);
  return [
    isBuilt
      ? { name: 'Demo team', status: 'ok', detail: resources.demoWorkspaceDir }
      : {
          name: 'Demo team',
          status: 'missing',
          detail: 'not built',
          fix: 'Run "npm start" or "npm run build".',
        },
    {
      name: 'Your data',
      status: 'ok',
      detail: `${home} (${fs.existsSync(copy) ? 'demo workspace in use' : 'nothing stored yet'})`,
    },
  ];
}

/** Which model finds passages, as far as that can be told without opening or calling it. */
function embedderFinding(workspaceDir: string, env: NodeJS.ProcessEnv): Finding {
  const name = 'Search model';
  const { settings, problem } = readEmbedderChoice(workspacePaths(workspaceDir, '').embedder);
  if (problem)
    return {
      name,
      status: 'warning',
      detail: `${problem.message} ${problem.detail ?? ''}`,
      fix: problem.next,
    };
  const detail = embedderName(settings);
  if (settings.kind === 'onnx_directory' && !fs.existsSync(settings.dir))
    return {
      ...{ name, status: 'warning', detail: `${detail} is not there; search goes by words alone` },
      fix: 'Bring the folder back, or choose another with "cuecard kb embedder" or in the settings of the app.',
    };
  const variable = settings.kind === 'openai_compatible' ? settings.keyVariable : null;
  if (variable !== null && keyFromEnvironment({ keyVariable: variable }, env) === null)
    return {
      ...{ name, status: 'warning', detail: `${detail}: its key is missing; search goes by words alone` },
      fix: `Set the environment variable ${variable}.`,
    };
  return { name, status: 'ok', detail };
}

function findingText({ name, status, detail, fix }: Finding): string {
  const help = fix ? `\n${' '.repeat(8)}${fix}` : '';
  return `${marks[status]} ${name}: ${detail}${help}\n`;
}
