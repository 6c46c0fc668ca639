import { randomUUID } from 'node:crypto';
import path from 'node:path';

import { silentLogger } from '../../shared/lib/logger.js';
import { composeAssist } from '../compose-assist.js';
import { readConversationFile, toConversation } from '../helpdesk/conversation-file.js';
import { cardText } from '../suggestions/card-text.js';
import { prepareDemoWorkspace } from '../workspace/demo-workspace.js';
import { readEmbedderChoice } from '../workspace/embedder-choice.js';
import { cuecardHome, demoWorkspaceDir, type ResourceLocations } from '../workspace/locations.js';
import { openWorkspace } from '../workspace/workspace.js';
import { warningText } from './kb-engine.js';

export interface AssistCommand {
  readonly conversation: string;
  readonly workspace?: string;
  readonly json?: boolean;
  readonly resources: ResourceLocations;
  readonly env: NodeJS.ProcessEnv;
}

/** `cuecard assist`: one run of the same graph the app runs, then the card. Nothing is stored. */
export async function runAssist(command: AssistCommand): Promise<number> {
  const { resources, env } = command;
  const conversation = toConversation(readConversationFile(command.conversation), new Date());
  const workspace = command.workspace
    ? openWorkspace(path.resolve(command.workspace))
    : prepareDemoWorkspace(resources.demoWorkspaceDir, demoWorkspaceDir(cuecardHome(env)));
  const choice = readEmbedderChoice(workspace.embedder);
  if (choice.problem) process.stderr.write(warningText(choice.problem));
  const assist = composeAssist({
    embedder: choice.settings,
    workspace,
    resources,
    createLogger: () => silentLogger,
    now: () => new Date(),
    runsDatabase: null,
  });
  try {
    const suggestion = await assist.graph.run({
      runId: randomUUID(),
      conversation,
      variant: 'standard',
      signal: new AbortController().signal,
      onEvent: () => undefined,
    });
    process.stdout.write(
      command.json
        ? `${JSON.stringify(suggestion, null, 2)}\n`
        : cardText(suggestion, conversation.customer.name),
    );
    return 0;
  } finally {
    await assist.close();
  }
}
