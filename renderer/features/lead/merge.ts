import type { DraftContent } from '../../../shared/domain/draft-item.js';
import { isSameContent } from './items.js';

/** One field two people gave different values. */
export interface FieldConflict {
  /** Names from the item down, joined by dots: `voice.greeting`; empty for an item that is one list. */
  readonly path: string;
  readonly mine: unknown;
  readonly theirs: unknown;
  /** Whose value a merge takes unless somebody says otherwise: of whoever changed it; mine where both did. */
  readonly proposed: Side;
  readonly isBoth: boolean;
}
export type Side = 'mine' | 'theirs';

type Fields = ReadonlyMap<string, unknown>;

/**
 * Where two edits of one item differ, field by field, compared with what both began with (null: unknown or nothing, then all is by both).
 * A list is one field.
 */
export function conflictsOf(
  base: DraftContent | null,
  mine: DraftContent,
  theirs: DraftContent,
): readonly FieldConflict[] {
  const [before, own, other] = [base && fieldsOf(base), fieldsOf(mine), fieldsOf(theirs)];
  const paths = new Set([...own.keys(), ...other.keys()]);
  return [...paths].flatMap((path): FieldConflict[] => {
    const [a, b] = [own.get(path), other.get(path)];
    if (isSameContent(a, b)) return [];
    const isMineChanged = !before || !isSameContent(before.get(path), a);
    const isTheirsChanged = !before || !isSameContent(before.get(path), b);
    const proposed = isMineChanged ? 'mine' : 'theirs';
    return [{ path, mine: a, theirs: b, proposed, isBoth: isMineChanged && isTheirsChanged }];
  });
}

/** My edit with their value in each field that is to be theirs. */
export function merged(
  mine: DraftContent,
  conflicts: readonly FieldConflict[],
  choice: (conflict: FieldConflict) => Side,
): DraftContent {
  const fields = new Map(fieldsOf(mine));
  for (const conflict of conflicts)
    if (choice(conflict) === 'theirs') {
      if (conflict.theirs === undefined) fields.delete(conflict.path);
      else fields.set(conflict.path, conflict.theirs);
    }
  const [name] = innerOf(mine);
  return { kind: mine.kind, [name]: fields.has('') ? fields.get('') : nested(fields) } as DraftContent;
}

function innerOf(content: DraftContent): [string, unknown] {
  return Object.entries(content).find(([name]) => name !== 'kind') as [string, unknown];
}

function fieldsOf(content: DraftContent): Fields {
  const fields = new Map<string, unknown>();
  const walk = (value: unknown, path: string): void => {
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
      for (const [name, inner] of Object.entries(value)) walk(inner, path === '' ? name : `${path}.${name}`);
    else if (value !== undefined) fields.set(path, value);
  };
  walk(innerOf(content)[1], '');
  return fields;
}

function nested(fields: Fields): object {
  const root: Record<string, unknown> = {};
  for (const [path, value] of fields) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let place = root;
    for (const name of names) place = (place[name] ??= {}) as Record<string, unknown>;
    place[last] = value;
  }
  return root;
}
