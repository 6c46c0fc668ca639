import type { ToolCall } from '../../../shared/domain/tool-call.js';
import { sharedNames, type ToolOfSystem } from './tool.js';

/**
 * What may be used for a change in one system: not what another account of a kind said, which is of another object. What only one system can
 * say counts for all.
 */
export function callsFor({ name, systemId }: ToolOfSystem, calls: readonly ToolCall[]): readonly ToolCall[] {
  return calls.filter(
    (call) =>
      call.systemId === systemId ||
      (call.isOneOfSeveral !== true && (call.systemId === undefined || call.tool !== name)),
  );
}

/** Of several accounts that were asked the same, those that know nothing are left out where another one does. */
export function withoutMisses(calls: readonly ToolCall[]): readonly ToolCall[] {
  const answered = new Set(calls.filter(({ status }) => status === 'succeeded').map(questionOf));
  return calls.filter(
    (call) =>
      !(call.isOneOfSeveral === true && call.status === 'not_found' && answered.has(questionOf(call))),
  );
}

/** Without what two accounts say of the same question: each tells of another object, and nobody said which is meant. */
export function ofOneSystem(calls: readonly ToolCall[]): readonly ToolCall[] {
  return calls.filter(
    (call) =>
      call.isOneOfSeveral !== true ||
      !calls.some(
        (other) =>
          other.status === 'succeeded' &&
          other.systemId !== call.systemId &&
          questionOf(other) === questionOf(call),
      ),
  );
}

const questionOf = ({ tool, input }: ToolCall): string =>
  JSON.stringify([tool, Object.entries(input).sort()]);

/**
 * Of the changes of one name, the one in the account where something of this customer was found. None where two may be meant: a change goes
 * where its object is, and nobody guesses which that is.
 */
export function onlyOneMeant<T extends ToolOfSystem>(
  changes: readonly T[],
  calls: readonly ToolCall[],
): readonly T[] {
  const found = new Set(calls.flatMap(({ status, systemId }) => (status === 'succeeded' ? [systemId] : [])));
  const shared = sharedNames(changes);
  return changes.filter((change) => {
    if (!shared.has(change.name)) return true;
    const alike = changes.filter(({ name }) => name === change.name);
    const known = alike.filter(({ systemId }) => found.has(systemId));
    return known.length === 1 && known[0] === change;
  });
}
