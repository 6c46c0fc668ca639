import { useSyncExternalStore } from 'react';

/** Room for inbox, conversation and card side by side; in rem, so that a larger system font needs a wider window. */
const wide = window.matchMedia('(width >= 56.25rem)');

function subscribe(onChange: () => void): () => void {
  wide.addEventListener('change', onChange);
  return () => wide.removeEventListener('change', onChange);
}

/** `full` where there is room for everything, else `beside`: the card first. The setting resizes the window; the width decides. */
export function useLayout(): 'full' | 'beside' {
  return useSyncExternalStore(subscribe, () => (wide.matches ? 'full' : 'beside'));
}
