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

/**
 * Without what two accounts say of the same question: each tells of another object, and nobody said which is meant. One that did not answer may
 * know the one that is meant.
 */
export function ofOneSystem(calls: readonly ToolCall[]): readonly ToolCall[] {
  return calls.filter(
    (call) =>
      call.isOneOfSeveral !== true ||
      !calls.some(
        (other) =>
          mayKnow(other) && other.systemId !== call.systemId && questionOf(other) === questionOf(call),
      ),
  );
}

const mayKnow = ({ status }: ToolCall): boolean => status === 'succeeded' || status === 'failed';

const questionOf = ({ tool, input }: ToolCall): string =>
  JSON.stringify([tool, Object.entries(input).sort()]);

/**
 * Of the changes of one name, the one in the account where something of this customer was found. None where two may be meant, one of which may
 * only not have answered: a change goes where its object is, and nobody guesses which that is.
 */
export function onlyOneMeant<T extends ToolOfSystem>(
  changes: readonly T[],
  calls: readonly ToolCall[],
): readonly T[] {
  const found = new Set(calls.flatMap(({ status, systemId }) => (status === 'succeeded' ? [systemId] : [])));
  const mayBeMeant = new Set(calls.filter(mayKnow).map(({ systemId }) => systemId));
  const shared = sharedNames(changes);
  return changes.filter((change) => {
    if (!shared.has(change.name)) return true;
    const alike = changes.filter(({ name }) => name === change.name);
    const possible = alike.filter(({ systemId }) => mayBeMeant.has(systemId));
    return possible.length === 1 && possible[0] === change && found.has(change.systemId);
  });
}
