import { useMemo } from 'react';

import type { DraftContent } from '../../../shared/domain/draft-item.js';
import { keyOf } from '../../../shared/domain/item-key.js';
import { useDraft } from './lead-stores.js';
import { valueOf } from './loaded.js';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Macros and intents there will be with the next release, by name: what items may name. */
export function useTeamNames(): { readonly macros: readonly Named[]; readonly intents: readonly Named[] } {
  const contents = useDraft((state) => valueOf(state.contents));
  return useMemo(() => {
    const items = new Map<string, DraftContent>();
    for (const item of contents?.items ?? []) items.set(keyOf(item), item);
    for (const { key, content } of contents?.edits ?? [])
      if (content) items.set(key, content);
      else items.delete(key);
    const all = [...items.values()];
    const byName = (a: Named, b: Named): number => a.name.localeCompare(b.name);
    return {
      macros: all
        .flatMap((item) => (item.kind === 'macro' ? [{ id: item.macro.id, name: item.macro.title }] : []))
        .sort(byName),
      intents: all
        .flatMap((item) => (item.kind === 'intent' ? [{ id: item.intent.id, name: item.intent.name }] : []))
        .sort(byName),
    };
  }, [contents]);
}
