/**
 * Who may import whom (docs/architecture.md). Every comment says where to go instead; `npm run boundaries` prints it.
 * Proved by scripts/boundaries.test.mjs.
 */

/** Tests and conformance suites may take the real parts they prove; what ships may not. */
const TESTS = '(\\.(test|conformance)|-for-tests)\\.(ts|tsx|mjs)$';
/** Interfaces that stages, services and handlers are given; what stands behind them is chosen in compose.ts. */
const MODEL_PORTS =
  '^electron/models/(embedder|intent-classifier|chat-model|outbound-port|token-budget|model-budget|answer-cache|key-vault)\\.ts$';
const KNOWLEDGE_PORT = '^electron/knowledge/knowledge-base\\.ts$';
/** The inbox everybody reads, and the service that says which helpdesks are behind it. */
const HELPDESK_PORT = '^electron/(helpdesk/(inbox|helpdesk-service)|business/business-service)\\.ts$';
/** What the graph asks of others, declared where it is asked. */
const AGENT_PORTS =
  '^electron/agents/(tools/(shop-backend|shop-changes|write-tool|note-delivery|tool|argument-source|printable|catalogue-names)|run-checkpoints)\\.ts$';
/** The typed way to a hub, and what may go wrong on it. */
const HUB_CLIENT = '^electron/sync/hub-(client|errors)\\.ts$';
/** What a workspace keeps of its team, and how that goes. */
const TEAM_FILES = '^electron/workspace/(team-files|remove-team-data|demo-hub-files)\\.ts$';
/** How long to leave a hub alone. */
const HUB_SCHEDULE = '^electron/sync/sync-schedule\\.ts$';
/** What any part may need: time limits, and the type of an open database. */
const TIME_LIMITS = '^electron/deadline\\.ts$';
const DATABASE = '^electron/(storage/database|deadline)\\.ts$';
const STAGES = 'intent|retrieval|tools|drafting|critique|escalation';
const ELECTRON_PACKAGE = '^node_modules/electron/';
/** The only files that run inside Electron and nowhere else. */
const ELECTRON_EDGE = '^electron/(main|compose|compose-[a-z]+|preload)\\.ts$|^electron/(ipc|platform)/';

/** @type {(name: string, comment: string, from: object, to: object) => object} */
const forbid = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbid(
      'no-circles',
      'Two files that need each other are one subject or hide a third: move what both need into a file of its own that both import.',
      {},
      { circular: true },
    ),
    forbid(
      'nothing-unresolved',
      'This import leads nowhere: correct the path (relative, with .js), or add the package to package.json.',
      { pathNot: '^build/' },
      // A package of types alone resolves for the compiler only, which checks it.
      { couldNotResolve: true, preCompilationOnly: false },
    ),
    forbid(
      'shipped-code-ships-its-packages',
      'The packaged app holds `dependencies` only: move the package there from `devDependencies`, or use it in scripts/ or a test.',
      { path: '^(electron|hub|release)/', pathNot: TESTS },
      { dependencyTypes: ['npm-dev'], pathNot: ELECTRON_PACKAGE },
    ),
    forbid(
      'tests-stay-tests',
      'What ships imports no test, conformance suite or e2e file: move what both need into a file of its own.',
      { pathNot: [TESTS, '^e2e/'] },
      { path: [TESTS, '^e2e/'] },
    ),
    forbid(
      'shared-stands-alone',
      'shared/ runs on both sides, so it imports zod and itself only: put what needs Node or Electron into electron/, what needs the DOM into renderer/.',
      { path: '^shared/', pathNot: TESTS },
      { pathNot: ['^shared/', '^node_modules/zod/'] },
    ),
    forbid(
      'release-is-a-format',
      "release/ is the format of a release, read and written by the hub and on the rep's machine: it imports shared/ and Node only.",
      { path: '^release/', pathNot: TESTS },
      { path: '^(electron|hub|renderer)/' },
    ),
    forbid(
      'hub-stands-alone',
      'hub/ is a service of its own: it shares contracts (shared/contracts/hub), nouns (shared/domain) and the release format (release/) with the app, nothing else.',
      { path: '^hub/', pathNot: TESTS },
      { path: '^(electron|renderer)/' },
    ),
    forbid(
      'extension-stands-alone',
      'extension/ runs in the browser of the rep: it shares shared/contracts/browser-extension.ts with the app, and nothing that needs a package.',
      { path: '^extension/', pathNot: TESTS },
      { pathNot: ['^extension/', '^shared/contracts/browser-extension\\.ts$'] },
    ),
    forbid(
      'app-and-extension-meet-in-contracts',
      'App and browser extension meet in shared/contracts/browser-extension.ts only.',
      { pathNot: ['^extension/', TESTS] },
      { path: '^extension/' },
    ),
    forbid(
      'app-and-hub-meet-in-contracts',
      'The app talks to a hub over HTTP (shared/contracts/hub); only the command line starts one.',
      { path: '^(electron|renderer)/', pathNot: ['^electron/cli/', TESTS] },
      { path: '^hub/' },
    ),
    forbid(
      'electron-package-at-the-edge',
      'Only main.ts, compose.ts, preload.ts, electron/ipc and electron/platform know Electron: add what you need to electron/platform and let compose.ts or main.ts hand it over.',
      { pathNot: [ELECTRON_EDGE, TESTS, '^(e2e|scripts)/'] },
      { path: ELECTRON_PACKAGE },
    ),
    forbid(
      'agents-know-ports-only',
      'A stage is given a port (electron/models/*.ts, electron/knowledge/knowledge-base.ts, tools/shop-backend.ts) as a dependency; compose.ts chooses the adapter. Anything else belongs into electron/suggestions.',
      { path: '^electron/agents/', pathNot: TESTS },
      { path: '^electron/', pathNot: ['^electron/agents/', MODEL_PORTS, KNOWLEDGE_PORT, TIME_LIMITS] },
    ),
    forbid(
      'stages-never-meet',
      "A stage never imports another stage's folder: what passes between them is a noun in shared/domain that travels in the graph state; what both compute with belongs into electron/agents/text.",
      { path: `^electron/agents/(${STAGES})/`, pathNot: TESTS },
      { path: `^electron/agents/(${STAGES})/`, pathNot: ['^electron/agents/$1/', AGENT_PORTS] },
    ),
    forbid(
      'foundations-stand-apart',
      'helpdesk, knowledge, models, storage, shop and business leave each other alone: what two of them need, electron/engine (knowledge with models) or electron/suggestions combines.',
      { path: '^electron/(helpdesk|knowledge|models|storage|shop|business)/', pathNot: TESTS },
      {
        path: '^electron/',
        pathNot: [
          '^electron/$1/',
          DATABASE,
          AGENT_PORTS,
          '^electron/models/(embedder|chat-model|outbound-port)\\.ts$',
        ],
      },
    ),
    forbid(
      'engine-computes-only',
      'The engine worker joins knowledge and models and touches neither network nor desk: give it plain data through electron/engine/engine.ts and do the rest in electron/suggestions.',
      { path: '^electron/engine/', pathNot: TESTS },
      { path: '^electron/', pathNot: '^electron/(engine|knowledge|models)/' },
    ),
    forbid(
      'engine-without-network',
      'The engine worker reaches a service through its client only (EngineClientDeps.embedRemotely): let compose.ts give the client what may use the network.',
      { path: '^electron/(engine|knowledge)/', pathNot: TESTS },
      { path: '^node_modules/openai/', reachable: true },
    ),
    forbid(
      'services-know-ports',
      'A service takes ports, the graph and the Database type: let compose.ts hand over the adapter, and let electron/ipc or main.ts call the service.',
      {
        path: '^electron/(suggestions|feedback|imports|embedders|sync|publishing|lead|privacy|chat|actions|playbooks|active|extension|forgetting|attachments)/',
        pathNot: TESTS,
      },
      {
        path: '^electron/',
        pathNot: [
          ...['^electron/$1/', '^electron/agents/', DATABASE, HELPDESK_PORT, KNOWLEDGE_PORT, MODEL_PORTS],
          ...[HUB_CLIENT, HUB_SCHEDULE],
        ],
      },
    ),
    forbid(
      'team-composes-the-sync',
      'team/ joins, keeps and ends a membership with the parts of electron/sync; what else hangs on the membership is handed over by compose.ts (TeamService.whileJoined).',
      { path: '^electron/team/', pathNot: TESTS },
      { path: '^electron/', pathNot: ['^electron/(team|sync)/', TEAM_FILES] },
    ),
    forbid(
      'workspace-knows-files-only',
      'workspace/ knows folders and files: combine it with services in compose.ts or electron/cli.',
      { path: '^electron/workspace/', pathNot: TESTS },
      { path: '^electron/', pathNot: '^electron/workspace/' },
    ),
    forbid(
      'handlers-call-services',
      'A handler parses, calls one service and maps the error: add a method to the service (suggestions, feedback, imports, embedders, sync, publishing, team, lead, forgetting) or port (knowledge-base.ts, helpdesk/inbox.ts) instead of reaching behind it.',
      { path: '^electron/ipc/', pathNot: TESTS },
      {
        path: '^electron/',
        pathNot: [
          '^electron/(ipc|suggestions|feedback|imports|embedders|sync|publishing|team|lead|privacy|chat|actions|playbooks|active|extension|forgetting|attachments)/',
          '^electron/workspace/settings-store\\.ts$',
          HELPDESK_PORT,
          KNOWLEDGE_PORT,
        ],
      },
    ),
    forbid(
      'platform-knows-no-support-work',
      'platform/ knows windows and the system, nothing of support: hand it a plain value or a function from main.ts.',
      { path: '^electron/platform/', pathNot: TESTS },
      { path: '^electron/', pathNot: ['^electron/platform/', '^electron/ipc/sender-guard\\.ts$'] },
    ),
    forbid(
      'composition-at-the-top',
      'Only main.ts, the command line and tests compose the app: take what you need as a dependency of your factory.',
      { pathNot: ['^electron/(main|compose|compose-[a-z]+)\\.ts$', '^electron/cli/', TESTS] },
      { path: '^electron/(main|compose|compose-[a-z]+|preload)\\.ts$|^electron/cli/' },
    ),
    forbid(
      'command-line-without-window',
      'The command line runs in plain Node: use the services through compose.ts; what only a window needs stays in electron/platform and electron/ipc.',
      { path: '^electron/cli/', pathNot: TESTS },
      { path: '^electron/(platform|ipc)/|^electron/(main|preload)\\.ts$' },
    ),
    forbid(
      'main-and-window-meet-in-contracts',
      'Main and window meet in shared/contracts/ipc only: add a route or an event there.',
      { path: '^electron/' },
      { path: '^renderer/' },
    ),
    forbid(
      'window-and-main-meet-in-contracts',
      'Main and window meet in shared/contracts/ipc only: ask through renderer/bridge, and add a route or an event there when one is missing.',
      { path: '^renderer/', pathNot: TESTS },
      { path: ['^electron/', ELECTRON_PACKAGE] },
    ),
    forbid(
      'window-without-node',
      'The window is sandboxed, Node is not there: add a route in shared/contracts/ipc and do it in electron/.',
      { path: '^renderer/', pathNot: TESTS },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'features-never-meet',
      'A feature never imports a sibling: renderer/app composes them; what both look like belongs into renderer/ui, what both mean into shared/domain.',
      { path: '^renderer/features/([^/]+)/' },
      { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    ),
    forbid(
      'features-below-app',
      'app/ composes features, not the other way: take it as a prop, or move it to renderer/ui or renderer/bridge. The words of the window in app/strings.ts are open to all.',
      { path: '^renderer/(features|ui|bridge)/' },
      { path: '^renderer/app/', pathNot: '^renderer/app/strings\\.ts$' },
    ),
    forbid(
      'ui-knows-no-support-work',
      'ui/ holds buttons and panels without support vocabulary: pass words and values as props, or put the component into its feature.',
      { path: '^renderer/ui/' },
      { path: '^(renderer/(features|bridge)|shared/(domain|contracts))/' },
    ),
    forbid(
      'bridge-knows-contracts-only',
      'bridge/ carries requests and events of any feature and knows none: put what is about one noun into its feature.',
      { path: '^renderer/bridge/', pathNot: TESTS },
      { path: '^renderer/', pathNot: '^renderer/bridge/' },
    ),
    forbid(
      'e2e-runs-the-app',
      'e2e drives the running app and imports nothing of it: look at the window through e2e/pages, start it through e2e/fixtures.ts.',
      { path: '^(e2e/|playwright\\.config)' },
      // Servers that stand beside the app are no part of it.
      { path: '^(electron|renderer)/', pathNot: '^electron/business/.*-server-for-tests\\.ts$' },
    ),
    forbid(
      'e2e-takes-types-only',
      'e2e takes types from shared/ and no code, since it must see what the app really does: write `import type`.',
      { path: '^e2e/' },
      { path: '^shared/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'scripts-run-before-the-build',
      'scripts/ run before anything is built: put what needs the app into electron/cli and call the built command.',
      { path: '^(scripts|bin)/', pathNot: TESTS },
      { path: '^(electron|renderer|shared|e2e)/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|dist)/' },
    tsPreCompilationDeps: 'specify',
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.css', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'types', 'default'],
    },
  },
};
