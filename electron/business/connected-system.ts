import type { BusinessReport, BusinessSystem } from '../../shared/domain/business-system.js';
import type { TeamProfile } from '../../shared/domain/team.js';
import type { ShopBackend } from '../agents/tools/shop-backend.js';
import type { ShopChanges } from '../agents/tools/shop-changes.js';
import type { ToolDefinition } from '../agents/tools/tool.js';
import type { WriteTool } from '../agents/tools/write-tool.js';

/** A shop that is looked into and, where it can be, changed. */
export interface Shop {
  readonly backend: ShopBackend;
  readonly changes: ShopChanges;
}

/** What the tools of a system print and count with. */
export interface ToolContext {
  readonly profile: TeamProfile;
  readonly now: () => Date;
}

/**
 * One connected business system.
 *
 * A system that knows orders and customers is a {@link Shop}: the catalogue's tools look into it. What else it can do it brings as tools of its
 * own, whose names begin with a word of the system so that two systems never share one.
 */
export interface ConnectedSystem {
  readonly shop: Shop | null;
  readonly tools: (context: ToolContext) => readonly ToolDefinition[];
  readonly writeTools: (context: ToolContext) => readonly WriteTool[];
  /** Whether sign-in and reading work, in words. @throws AppErrorException BUSINESS_*. */
  check(signal: AbortSignal): Promise<BusinessReport>;
  /**
   * What has to be known of the system before its tools can be made, as options that are kept with it; asked for when a person saves it and
   * never again, so that nothing a system says later widens what it may do. @throws AppErrorException BUSINESS_*.
   */
  discover?(signal: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** Lets go of sockets and processes. */
  close(): Promise<void>;
}

/** Builds a connected system; asks nobody. `secret` is read for every request, so that a renewed one is used at once. */
export type ConnectSystem = (system: BusinessSystem, secret: () => string) => ConnectedSystem;
