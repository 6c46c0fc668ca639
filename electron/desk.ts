import type { Team } from '../shared/domain/team.js';
import type { RouteOutput } from '../shared/contracts/ipc/index.js';
import type { AttachmentService } from './attachments/attachment-service.js';
import type { BusinessService } from './business/business-service.js';
import type { ChatService } from './chat/chat-service.js';
import type { ActionDesk } from './actions/action-desk.js';
import type { EmbedderService } from './embedders/embedder-service.js';
import type { Engine } from './engine/engine.js';
import type { FeedbackOutbox } from './feedback/feedback-outbox.js';
import type { FeedbackService } from './feedback/feedback-service.js';
import type { HelpdeskService } from './helpdesk/helpdesk-service.js';
import type { Inbox } from './helpdesk/inbox.js';
import type { LeadService } from './lead/lead-service.js';
import type { ImportService } from './imports/import-service.js';
import type { PlaybookService } from './playbooks/playbook-service.js';
import type { ForgetCustomer } from './forgetting/forget-customer.js';
import type { Forgetting } from './forgetting/forgetting.js';
import type { DraftChecker } from './suggestions/draft-checker.js';
import type { Playground } from './suggestions/playground.js';
import type { Rewriter } from './suggestions/rewriter.js';
import type { ThreadSummaries } from './suggestions/thread-summaries.js';
import type { SuggestionService } from './suggestions/suggestion-service.js';
import type { PrivacyService } from './privacy/privacy-service.js';
import type { TeamService } from './team/team-service.js';
import type { SettingsStore } from './workspace/settings-store.js';

/** Everything the window talks to. */
export interface Desk {
  /** The one in force; follows releases. */
  team(): Team;
  readonly workspaceDir: string;
  /** Whether what is kept of customers is encrypted, and what the rep is to be told of it. */
  readonly storage: RouteOutput<'settings.about'>['storage'];
  readonly engine: Engine;
  readonly helpdesk: Inbox;
  /** Which helpdesks are connected. */
  readonly helpdesks: HelpdeskService;
  readonly suggestions: SuggestionService;
  /** The files of messages. */
  readonly attachments: AttachmentService;
  /** Which business systems are connected. */
  readonly business: BusinessService;
  /** Takes a customer off this machine. */
  readonly customers: ForgetCustomer;
  readonly forgetting: Pick<Forgetting, 'onForgotten'>;
  /** The next look-up asks the business systems anew. */
  readonly forgetReads: () => void;
  /** Changes in business systems, which wait for a person. */
  readonly actions: ActionDesk;
  /** The steps reps tick, and a lead's trials. */
  readonly playbooks: PlaybookService;
  readonly checker: DraftChecker;
  readonly rewriter: Rewriter;
  readonly summaries: ThreadSummaries;
  readonly playground: Playground;
  readonly feedback: FeedbackService;
  readonly outbox: FeedbackOutbox;
  readonly imports: ImportService;
  readonly embedders: EmbedderService;
  /** Which chat models are used. */
  readonly models: ChatService;
  readonly settings: SettingsStore;
  /** What left this computer, and what may. */
  readonly privacy: PrivacyService;
  /** The team this computer joined. */
  readonly membership: TeamService;
  /** What its leads do at the hub. */
  readonly lead: LeadService;
  customerName(conversationId: string): Promise<string>;
  decisionMs(runId: string): number;
  /** Begins to follow the helpdesk, once there is somebody to show it to. */
  start(): Promise<void>;
  close(): Promise<void>;
}
