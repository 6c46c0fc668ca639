import type { BusinessView } from '../../shared/contracts/ipc/business.js';
import { BusinessSystem, type BusinessReport } from '../../shared/domain/business-system.js';
import type { KeyPlace } from '../../shared/domain/key-place.js';
import type { Logger } from '../../shared/lib/logger.js';
import { sharedNames, type ToolDefinition } from '../agents/tools/tool.js';
import type { WriteTool } from '../agents/tools/write-tool.js';
import { deadline } from '../deadline.js';
import { withAddress } from './business-address.js';
import type { ConnectedSystem, ConnectSystem, Shop, ToolContext } from './connected-system.js';
import { invalidDeclaration } from './declared/read-declaration.js';
import { checkNames } from './unique-names.js';

/** The shop that is in force, by the name the rep knows it. */
export interface NamedShop extends Shop {
  readonly name: string;
  /** Of the connected system; left out for the demo's own. */
  readonly systemId?: string;
}

/** Secrets by system. One is never used for another address than it was entered for. */
export interface BusinessSecrets {
  readonly canStore: () => boolean;
  read(system: BusinessSystem): string | null;
  placeOf(system: BusinessSystem): KeyPlace;
  keep(system: BusinessSystem, secret: string): void;
  forget(system: BusinessSystem): void;
}

export interface BusinessServiceDeps {
  readonly systems: readonly BusinessSystem[];
  readonly save: (systems: readonly BusinessSystem[]) => void;
  readonly secrets: BusinessSecrets;
  readonly connect: ConnectSystem;
  /** Of the team in force. */
  readonly context: () => ToolContext;
  /** The demo's own shop, which counts while none is connected; null where there is none. */
  readonly demo: NamedShop | null;
  /** Runs and tools made before hold the old shop. */
  readonly onChanged: () => void;
  readonly log: Logger;
}

/** Which business systems are connected, what they can do, and the shop that is in force. */
export interface BusinessService {
  view(): BusinessView;
  /** @throws AppErrorException BUSINESS_*. */
  test(system: BusinessSystem, secret: string | null): Promise<BusinessReport>;
  /** @throws AppErrorException WORKSPACE_NOT_WRITABLE, BUSINESS_*; what was before stays then. */
  save(system: BusinessSystem, secret: string | null): Promise<BusinessView>;
  remove(id: string): Promise<BusinessView>;
  /** That of the system saved last among those that have one, else the demo's; null where there is none. */
  shop(): NamedShop | null;
  /** Look-ups the systems bring besides those into the shop, with the name of their system. */
  tools(context: ToolContext): readonly ToolDefinition[];
  writeTools(context: ToolContext): readonly WriteTool[];
  close(): Promise<void>;
}

const TEST_MS = 20_000;

interface InForce {
  readonly system: BusinessSystem;
  readonly connected: ConnectedSystem;
}

export function createBusinessService(deps: BusinessServiceDeps): BusinessService {
  const { secrets, demo, onChanged, log } = deps;
  let inForce: readonly InForce[] = deps.systems.map(connect);

  function connect(system: BusinessSystem): InForce {
    return { system, connected: deps.connect(system, () => secrets.read(system) ?? '') };
  }

  function shop(): NamedShop | null {
    for (const { system, connected } of inForce)
      if (connected.shop) return { ...connected.shop, name: system.name, systemId: system.id };
    return demo;
  }

  function view(): BusinessView {
    const now = shop();
    return {
      systems: inForce.map(({ system }) => ({ system, secret: secrets.placeOf(system) })),
      canStoreKeys: secrets.canStore(),
      source: now === null ? 'none' : now === demo ? 'demo' : 'system',
    };
  }

  async function change(next: readonly InForce[]): Promise<BusinessView> {
    deps.save(next.map(({ system }) => system));
    const gone = inForce.filter((one) => !next.includes(one));
    inForce = next;
    log.info('business.systems_changed', { count: next.length });
    onChanged();
    await closeAll(gone);
    return view();
  }

  async function closeAll(all: readonly InForce[]): Promise<void> {
    const ended = await Promise.allSettled(all.map(({ connected }) => connected.close()));
    const failed = ended.filter(({ status }) => status === 'rejected').length;
    if (failed > 0) log.warn('business.close_failed', { count: failed });
  }

  /** Asks a system that is not in force (yet); it is let go of in any case. */
  async function ask<T>(
    system: BusinessSystem,
    secret: string | null,
    question: (connected: ConnectedSystem, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const kept = secrets.read(system) ?? '';
    const connected = deps.connect(system, () => secret ?? kept);
    const limit = deadline(TEST_MS);
    try {
      return await question(connected, limit.signal);
    } finally {
      limit.clear();
      await connected.close();
    }
  }

  return {
    view,
    shop,
    test: (entered, secret) =>
      ask(withAddress(entered), secret, (connected, signal) => connected.check(signal)),
    async save(entered, secret) {
      const system = withAddress(entered);
      const found = await ask(system, secret, async (connected, signal) => connected.discover?.(signal));
      const complete = keepable({ ...system, options: { ...system.options, ...found } });
      const added = connect(complete);
      const others = (): readonly InForce[] => inForce.filter((one) => one.system.id !== system.id);
      checkNames(added, others(), deps.context());
      if (secret !== null) secrets.keep(complete, secret);
      return change([added, ...others()]);
    },
    async remove(id) {
      const known = inForce.find(({ system }) => system.id === id);
      if (!known) return view();
      const after = await change(inForce.filter((one) => one !== known));
      secrets.forget(known.system);
      return after;
    },
    tools: (context) =>
      inForce.flatMap(({ system, connected }) =>
        connected.tools(context).map((tool) => ({ ...tool, system: system.name, systemId: system.id })),
      ),
    writeTools: (context) => writeToolsOf(inForce, context),
    close: () => closeAll(inForce),
  };
}

/** The changes of all systems. Where two accounts of one kind can do the same, each says in which of them it does it. */
function writeToolsOf(all: readonly InForce[], context: ToolContext): readonly WriteTool[] {
  const tools = all.flatMap(({ system: { id, name }, connected }) =>
    connected.writeTools(context).map((tool) => ({ name, tool: { ...tool, systemId: id } })),
  );
  const shared = sharedNames(tools.map(({ tool }) => tool));
  return tools.map(({ name, tool }) => (shared.has(tool.name) ? inSystem(name, tool) : tool));
}

const inSystem = (system: string, tool: WriteTool): WriteTool => ({
  ...tool,
  title: `${tool.title} (${system})`,
  async preview(run) {
    const preview = await tool.preview(run);
    return preview.status === 'ready' ? { ...preview, effect: `${system}: ${preview.effect}` } : preview;
  },
});

/** What could not be read again after a restart is not kept. @throws AppErrorException BUSINESS_DESCRIPTION_INVALID. */
function keepable(system: BusinessSystem): BusinessSystem {
  const parsed = BusinessSystem.safeParse(system);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.at(-1);
  throw invalidDeclaration(
    issue?.code === 'too_big' && issue.path[0] === 'options'
      ? `what it offers is too much to keep (${String(place)}: more than ${String(issue.maximum)} characters): let the system offer fewer tools, or shorter descriptions`
      : `${String(place)}: ${issue?.message ?? ''}`,
  );
}
