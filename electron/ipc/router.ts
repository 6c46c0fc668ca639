import {
  routes,
  type RouteName,
  type RouteOutput,
  type RouteParsed,
  type RouteResult,
} from '../../shared/contracts/ipc/index.js';
import { AppErrorException, appError } from '../../shared/errors/app-error.js';
import { err, ok } from '../../shared/lib/result.js';
import type { Logger } from '../../shared/lib/logger.js';
import { diskRefusalOf } from './disk-refusal.js';

/** One function per route: takes parsed input, calls one service, returns the output or throws. */
export type Handlers<N extends RouteName = RouteName> = {
  readonly [K in N]: (input: RouteParsed<K>) => Promise<RouteOutput<K>> | RouteOutput<K>;
};

/** Answers one request; never rejects. */
export type Router = (name: unknown, input: unknown) => Promise<RouteResult<RouteName>>;

/**
 * Finds the route, parses, calls. Bad input is IPC_BAD_INPUT naming the field, never the value;
 * an expected failure comes back as its own code, and so does a disk that takes nothing; anything else is IPC_INTERNAL and is logged.
 */
export function createRouter(handlers: Handlers, log: Logger): Router {
  return async (name, input) => {
    if (typeof name !== 'string' || !Object.hasOwn(routes, name)) {
      return err(appError('IPC_UNKNOWN_ROUTE', typeof name === 'string' ? name.slice(0, 100) : typeof name));
    }
    const routeName = name as RouteName;
    const parsed = routes[routeName].input.safeParse(input);
    if (!parsed.success) {
      const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'input');
      log.warn('request.refused', { code: 'IPC_BAD_INPUT' });
      return err(appError('IPC_BAD_INPUT', `${routeName}: ${[...new Set(fields)].join(', ')}`));
    }
    try {
      const handler = handlers[routeName] as (input: unknown) => unknown;
      const output: unknown = await handler(parsed.data);
      return ok(routes[routeName].output.parse(output) as RouteOutput<RouteName>);
    } catch (error) {
      if (error instanceof AppErrorException) return err(error.error);
      const refusal = diskRefusalOf(error);
      if (refusal !== null) {
        log.warn('request.not_written', {
          code: 'WORKSPACE_NOT_WRITABLE',
          route: routeName,
          reason: refusal,
        });
        return err(appError('WORKSPACE_NOT_WRITABLE', refusal));
      }
      log.error('request.failed', { code: 'IPC_INTERNAL', route: routeName, reason: errorName(error) });
      return err(appError('IPC_INTERNAL', routeName));
    }
  };
}

function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
