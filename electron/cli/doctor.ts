import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

import { cuecardHome, demoWorkspaceDir, type ResourceLocations } from '../workspace/locations.js';

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
  readonly resources: ResourceLocations;
  readonly env: NodeJS.ProcessEnv;
}

const EXIT_MISSING = 4;
const marks = { ok: 'ok     ', warning: 'warning', missing: 'MISSING' } as const;

/** `cuecard doctor`: lists what is installed; exit code 4 when something is missing. */
export async function runDoctor({ json, resources, env }: DoctorCommand): Promise<number> {
  const setup = path.join(path.dirname(resources.engineWorkerFile), '..', 'scripts', 'setup', 'inspect.mjs');
  const module: unknown = await import(pathToFileURL(setup).href);
  const inspect = Inspection.parse(module).inspectInstallation as () => unknown;
  const findings = [...z.array(Finding).parse(await inspect()), ...workspaceFindings(resources, env)];
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

function findingText({ name, status, detail, fix }: Finding): string {
  const help = fix ? `\n${' '.repeat(8)}${fix}` : '';
  return `${marks[status]} ${name}: ${detail}${help}\n`;
}
