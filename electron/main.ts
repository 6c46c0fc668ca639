import { app, powerMonitor, session, shell, type BrowserWindow } from 'electron';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { composeDesk } from './compose.js';
import type { Desk } from './desk.js';
import { composeFollowing, type Following } from './compose-following.js';
import { inTime } from './deadline.js';
import { activeHandlers } from './ipc/handlers/active.js';
import { attachmentHandlers } from './ipc/handlers/attachment.js';
import { conversationHandlers } from './ipc/handlers/conversation.js';
import { embedderHandlers } from './ipc/handlers/embedder.js';
import { extensionHandlers } from './ipc/handlers/extension.js';
import { feedbackHandlers } from './ipc/handlers/feedback.js';
import { actionHandlers } from './ipc/handlers/action.js';
import { businessHandlers } from './ipc/handlers/business.js';
import { viewHandlers } from './ipc/handlers/view.js';
import { helpdeskHandlers } from './ipc/handlers/helpdesk.js';
import { knowledgeHandlers } from './ipc/handlers/knowledge.js';
import { leadHandlers } from './ipc/handlers/lead.js';
import { privacyHandlers } from './ipc/handlers/privacy.js';
import { modelHandlers } from './ipc/handlers/models.js';
import { playbookHandlers } from './ipc/handlers/playbook.js';
import { playgroundHandlers } from './ipc/handlers/playground.js';
import { settingsHandlers } from './ipc/handlers/settings.js';
import { sourceHandlers } from './ipc/handlers/sources.js';
import { suggestionHandlers } from './ipc/handlers/suggestion.js';
import { teamHandlers } from './ipc/handlers/team.js';
import { createBroadcast, registerRouter } from './ipc/register.js';
import { createRouter } from './ipc/router.js';
import { cardMirrorOptions, createCardMirror } from './platform/card-mirror.js';
import { chooseStart, type Start } from './platform/choose-start.js';
import { chooseExportFile, chooseSaveFile } from './platform/choose-export-file.js';
import { chooseModelFolder, chooseSource } from './platform/choose-source.js';
import { conversationOfLink, linkAmong, withoutLongLinks } from './platform/deep-link.js';
import { createDurableSecret } from './platform/durable-secret.js';
import { failToStart, leaveToRunning, reportBugs } from './platform/fatal.js';
import { createHelpdeskPages } from './platform/helpdesk-pages.js';
import { openLog } from './platform/logger.js';
import { installMenu } from './platform/menu.js';
import { askForKey } from './platform/ask-for-key.js';
import { tellProblem } from './platform/tell-problem.js';
import { quitCleanly } from './platform/quit-cleanly.js';
import { createSecretFile } from './platform/secret-file.js';
import { declareAppScheme, lockDown, serveRenderer } from './platform/security.js';
import { systemCipher } from './platform/system-cipher.js';
import { applySettings, openMainWindow } from './platform/windows.js';
import { cardText } from './suggestions/card-text.js';
import { cuecardHome, locateResources } from './workspace/locations.js';

const home = cuecardHome(process.env);
/** A disk that is full or away holds the end of the app up no longer. */
const CLOSE_MS = 10_000;
const buildDir = path.dirname(fileURLToPath(import.meta.url));
const resources = locateResources(buildDir, app.isPackaged ? process.resourcesPath : null);
let window: BrowserWindow | null = null;
/** There once the app is ready. */
let following: Following | null = null;

app.setPath('userData', path.join(home, 'window'));
declareAppScheme();
const shorter = withoutLongLinks(process.argv);
if (shorter) {
  app.relaunch({ args: shorter.slice(1) });
  app.exit(0);
} else begin(chooseStart(path.join(home, 'window'), () => app.requestSingleInstanceLock()));

function begin(how: Start): void {
  if (how === 'leave') return leaveToRunning();
  if (how !== 'run') {
    const fail = (): void => failToStart(how);
    app.whenReady().then(fail).catch(failToStart);
    return;
  }
  app.on('second-instance', (_, argv) => {
    showWindow();
    following?.openLink(linkAmong(argv));
  });
  app.on('open-url', (event, link) => {
    event.preventDefault();
    showWindow();
    following?.openLink(conversationOfLink(link));
  });
  app.whenReady().then(start).catch(failToStart);
}

function showWindow(): void {
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

function start(): void {
  const createLogger = openLog(path.join(home, 'logs'));
  const log = createLogger('main');
  reportBugs(log);
  const keys = createSecretFile(path.join(app.getPath('userData'), 'embedding-keys'), systemCipher);
  const pages = createHelpdeskPages({
    file: path.join(app.getPath('userData'), 'helpdesk-pages.json'),
    sessionOf: (partition) => session.fromPartition(partition),
    log: createLogger('view'),
  });
  const openDesk = (onRemoval: () => void): Desk =>
    composeDesk({
      ...{ home, resources, createLogger, env: process.env, appVersion: app.getVersion(), onRemoval },
      keys,
      pages: {
        count: () => pages.count(),
        forgetPages: (scope) => (following ?? pages).forgetPages(scope),
      },
      secretIn: (file) => createDurableSecret(file, systemCipher),
      whenLocked: askForKey,
      openBrowser: (url) => shell.openExternal(url),
    });
  /** Closes everything of the workspace, so that a team's data can go, and begins with what is left. */
  const reopen = async (): Promise<void> => {
    disconnect();
    await desk.close();
    desk = openDesk(reopenSoon);
    disconnect = connect(desk, follow, createLogger('ipc'));
    window?.webContents.once('did-finish-load', () => void desk.start());
    window?.webContents.reload();
  };
  const reopenSoon = (): void => void (reopening = reopen().catch(failToStart));
  let reopening: Promise<void> = Promise.resolve();
  let desk = openDesk(reopenSoon);
  const follow = composeFollowing({
    window: () => window,
    pages,
    ...{ showWindow, createLogger, keys, broadcast: createBroadcast(() => window), desk: () => desk },
    pairingFile: path.join(app.getPath('userData'), 'browser-extension.json'),
    originsFile: path.join(app.getPath('userData'), 'helpdesk-origins.json'),
  });
  following = follow;
  const closeAll = (): Promise<unknown> => reopening.then(() => Promise.all([desk.close(), follow.close()]));
  quitCleanly(() => inTime(closeAll(), CLOSE_MS), log);
  lockDown();
  serveRenderer(resources.rendererDir);
  installMenu();
  let disconnect = connect(desk, follow, createLogger('ipc'));
  powerMonitor.on('resume', () => void desk.membership.retryNow());
  window = openMainWindow(resources.preloadFile, desk.settings.read());
  applySettings(window, desk.settings.read(), desk.settings.read());
  window.on('closed', () => (window = null));
  window.webContents.once('did-finish-load', () => {
    tellProblem(window, desk.storage.problem);
    log.info('window.loaded', { durationMs: Math.round(performance.now()) });
    void desk.start();
  });
  if (app.isPackaged) app.setAsDefaultProtocolClient('cuecard');
  window.webContents.once('did-finish-load', () => follow.openLink(linkAmong(process.argv)));
  log.info('app.started', { version: app.getVersion(), durationMs: Math.round(performance.now()) });
}

/** Puts every service behind its routes and every service's news into the window. Returns the function that takes the routes away. */
function connect(desk: Desk, follow: Following, log: ReturnType<ReturnType<typeof openLog>>): () => void {
  const current = (): BrowserWindow | null => window;
  const broadcast = createBroadcast(current);
  const mirror = createCardMirror(cardMirrorOptions(process.env), () => app.quit());
  const about = {
    version: app.getVersion(),
    electron: process.versions.electron,
    get teamName() {
      return desk.team().profile.name;
    },
    workspace: desk.workspaceDir,
    embedderProblem: desk.embedders.chosen().problem,
    storage: desk.storage,
  };
  const router = createRouter(
    {
      ...actionHandlers(desk.actions),
      ...businessHandlers(desk.business),
      ...viewHandlers(follow.view),
      ...activeHandlers(follow.active),
      ...extensionHandlers(follow.extension),
      ...conversationHandlers(desk),
      ...attachmentHandlers(desk.attachments, (name) => chooseSaveFile(current(), name)),
      ...helpdeskHandlers(desk.helpdesks),
      ...suggestionHandlers(desk.suggestions, desk.checker, desk.rewriter, desk.forgetReads),
      ...feedbackHandlers({
        ...{ feedback: desk.feedback, outbox: desk.outbox },
        chooseExportFile: () => chooseExportFile(current(), 'refused-feedback.jsonl'),
      }),
      ...knowledgeHandlers(desk.engine.knowledge),
      ...sourceHandlers(desk.imports, (kind) => chooseSource(current(), kind)),
      ...embedderHandlers(desk.embedders, () => chooseModelFolder(current())),
      ...modelHandlers(desk.models),
      ...settingsHandlers(desk.settings, about),
      ...teamHandlers(desk.membership),
      ...playbookHandlers(desk.playbooks),
      ...playgroundHandlers(desk.playground),
      ...leadHandlers(desk.lead, (name) => chooseExportFile(current(), name)),
      ...privacyHandlers(desk.privacy, (name) => chooseExportFile(current(), name)),
    },
    log,
  );
  const disconnect = registerRouter(router, current, log);
  const detach = follow.attach(desk);
  desk.membership.onStatusChanged((status) => broadcast('team.status_changed', { status }));
  desk.models.onChanged((view) => broadcast('models.changed', { view }));
  desk.privacy.onChanged(() => broadcast('privacy.changed', { today: desk.privacy.today() }));
  desk.lead.onNews((news) => {
    if (news.name === 'changed') broadcast('lead.changed', { subject: news.subject });
    else broadcast('lead.publication_changed', { publication: news.publication });
  });
  desk.actions.service.onChanged((action) => broadcast('action.changed', { action }));
  desk.helpdesks.onChanged((view) => broadcast('helpdesk.changed', view));
  desk.attachments.onChanged((conversationId, files) =>
    broadcast('attachment.changed', { conversationId, files: [...files] }),
  );
  desk.helpdesk.onChanged((change) => broadcast('conversation.changed', change));
  desk.forgetting.onForgotten((ids) => broadcast('conversation.forgotten', { conversationIds: [...ids] }));
  desk.feedback.onRecorded((decision) => broadcast('feedback.recorded', { decision }));
  desk.outbox.onDecisionsChanged((decisions) => broadcast('feedback.decisions_changed', { decisions }));
  desk.outbox.onStatusChanged((status) => broadcast('feedback.outbox_changed', { status }));
  desk.engine.knowledge.onStatusChanged((status) => broadcast('knowledge.status_changed', { status }));
  desk.imports.onNews((news) => {
    if (news.name === 'progress') broadcast('knowledge.import_progress', { activity: news.activity });
    if (news.name === 'sources') broadcast('knowledge.sources_changed', { sources: [...news.sources] });
    if (news.name === 'finished') broadcast('knowledge.import_finished', news.finished);
  });
  desk.suggestions.onEvent(({ name, payload }) => {
    broadcast(name, payload);
    if (!mirror || name !== 'suggestion.ready') return;
    const { suggestion } = payload;
    void desk.customerName(suggestion.conversationId).then(
      (customer) => mirror(cardText(suggestion, customer)),
      // The conversation went meanwhile: forgotten, or a helpdesk was connected in place of the demo.
      () => undefined,
    );
  });
  let settings = desk.settings.read();
  desk.settings.onChanged((next) => {
    if (window) applySettings(window, settings, next);
    settings = next;
    broadcast('settings.changed', { settings: next });
  });
  return () => {
    detach();
    disconnect();
  };
}
