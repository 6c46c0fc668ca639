import type { z } from 'zod';

import type { Fact, RiskLevel } from '../../../shared/domain/tool-call.js';
import type { ArgumentSource } from './argument-source.js';

/** Who the conversation is with: what decides whether a tool may show something. */
export interface ToolCustomer {
  readonly name: string;
  /** Null when the helpdesk does not know it; then nothing that belongs to a customer may be shown. */
  readonly email: string | null;
}

export interface ToolRun<Input> {
  readonly input: Input;
  readonly customer: ToolCustomer;
  readonly signal: AbortSignal;
}

/** What a tool found. `not_found` and `refused` are answers; `detail` tells the rep why, without any fact. */
export type ToolOutcome =
  | { readonly status: 'succeeded'; readonly facts: readonly Fact[] }
  | { readonly status: 'not_found' | 'refused'; readonly detail: string };

/** One thing the team's systems can do, with the schema of its arguments and what it may break. */
export interface ToolDefinition<
  Schema extends z.ZodType<Record<string, string>> = z.ZodType<Record<string, string>>,
> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly risk: RiskLevel;
  readonly input: Schema;
  /** The system behind it, as the rep knows it; facts are shown with it. */
  readonly system?: string;
  /** Which of the connected systems that is. Two accounts of one kind have tools of the same names. */
  readonly systemId?: string;
  /** What fills its arguments by rule, for a tool that is no part of the catalogue; without it only a model can choose it. */
  readonly argumentsFrom?: Readonly<Record<string, ArgumentSource>>;
  /** Throws when the system behind it fails; the registry turns that into a `failed` call. */
  run(run: ToolRun<z.output<Schema>>): Promise<ToolOutcome>;
}

/** A tool of one of the connected systems; a company may have two accounts of one kind, whose tools have the same names. */
export interface ToolOfSystem {
  readonly name: string;
  readonly systemId?: string;
}

/** The tools whose name several systems have. */
export function sharedNames(tools: readonly ToolOfSystem[]): ReadonlySet<string> {
  const names = tools.map(({ name }) => name);
  return new Set(names.filter((name, at) => names.indexOf(name) < at));
}
