import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

import { Playbook } from '../../shared/domain/playbook.js';
import { Prompt } from '../../shared/domain/prompt.js';
import type { Team } from '../../shared/domain/team.js';
import {
  EscalationRule,
  IntentDefinition,
  Macro,
  noBrandRules,
  TeamProfile,
} from '../../shared/domain/team.js';
import { ToolPolicy } from '../../shared/domain/tool-policy.js';
import { ToolServer } from '../../shared/domain/tool-server.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { defaultEscalation } from './default-escalation.js';

/** The nine files of a team folder, each optional but for the profile. */
const files = {
  profile: { name: 'team.json', schema: TeamProfile },
  intents: { name: 'intents.json', schema: z.array(IntentDefinition) },
  outOfScope: { name: 'out-of-scope.json', schema: z.array(z.string()) },
  macros: { name: 'macros.json', schema: z.array(Macro) },
  escalation: { name: 'escalation.json', schema: z.array(EscalationRule) },
  prompts: { name: 'prompts.json', schema: z.array(Prompt) },
  policies: { name: 'policies.json', schema: z.array(ToolPolicy) },
  playbooks: { name: 'playbooks.json', schema: z.array(Playbook) },
  toolServers: { name: 'tool-servers.json', schema: z.array(ToolServer) },
} as const;

export const teamFileNames: readonly string[] = Object.values(files).map((file) => file.name);

/** A team that has configured nothing yet: no intents, a neutral voice, the default escalation policy. */
export function emptyTeam(name: string): Team {
  return {
    profile: {
      id: 'team',
      name,
      supportName: `${name} Support`,
      languages: ['en'],
      currency: 'EUR',
      timezone: 'UTC',
      patterns: { orderId: '[A-Z]{2,4}-\\d{4,10}' },
      products: [],
      voice: {
        greeting: 'Hi {{customer.firstName}},',
        greetingUnknown: 'Hello,',
        closing: 'Let us know if anything else comes up.',
        signature: `${name} Support`,
      },
      guardrails: {
        ...{ neverPromise: [], internalTerms: [], rules: [], competitors: [] },
        brand: noBrandRules,
      },
    },
    intents: [],
    outOfScope: [],
    macros: [],
    escalation: [...defaultEscalation],
    prompts: [],
    policies: [],
    playbooks: [],
    toolServers: [],
  };
}

/**
 * Reads a team folder; a file that is missing means "nothing configured".
 * @throws AppErrorException WORKSPACE_INVALID_TEAM naming file, field and reason.
 */
export function loadTeam(teamDir: string, name: string): Team {
  const empty = emptyTeam(name);
  return {
    profile: read(teamDir, files.profile) ?? empty.profile,
    intents: read(teamDir, files.intents) ?? empty.intents,
    outOfScope: read(teamDir, files.outOfScope) ?? empty.outOfScope,
    macros: read(teamDir, files.macros) ?? empty.macros,
    escalation: read(teamDir, files.escalation) ?? empty.escalation,
    prompts: read(teamDir, files.prompts) ?? empty.prompts,
    policies: read(teamDir, files.policies) ?? empty.policies,
    playbooks: read(teamDir, files.playbooks) ?? empty.playbooks,
    toolServers: read(teamDir, files.toolServers) ?? empty.toolServers,
  };
}

/** What of a team its folder has files for. @throws AppErrorException WORKSPACE_INVALID_TEAM. */
export function readTeamFiles(teamDir: string): Partial<Team> {
  const [profile, intents] = [read(teamDir, files.profile), read(teamDir, files.intents)];
  const [macros, escalation] = [read(teamDir, files.macros), read(teamDir, files.escalation)];
  const [outOfScope, prompts] = [read(teamDir, files.outOfScope), read(teamDir, files.prompts)];
  const [policies, playbooks] = [read(teamDir, files.policies), read(teamDir, files.playbooks)];
  const toolServers = read(teamDir, files.toolServers);
  return {
    ...(profile ? { profile } : {}),
    ...(intents ? { intents } : {}),
    ...(macros ? { macros } : {}),
    ...(escalation ? { escalation } : {}),
    ...(outOfScope ? { outOfScope } : {}),
    ...(prompts ? { prompts } : {}),
    ...(policies ? { policies } : {}),
    ...(playbooks ? { playbooks } : {}),
    ...(toolServers ? { toolServers } : {}),
  };
}

function read<T>(dir: string, file: { name: string; schema: z.ZodType<T> }): T | null {
  const full = path.join(dir, file.name);
  if (!fs.existsSync(full)) return null;
  let value: unknown;
  try {
    value = JSON.parse(fs.readFileSync(full, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppErrorException('WORKSPACE_INVALID_TEAM', `${full}: ${reason}`, { cause: error });
  }
  const parsed = file.schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppErrorException('WORKSPACE_INVALID_TEAM', `${full}: ${z.prettifyError(parsed.error)}`);
}
