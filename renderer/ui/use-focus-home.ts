import { useEffect, type RefObject } from 'react';

/** When what has the focus goes away, the part of the page it stood in gets it, so that the keyboard goes on from there. */
export function useFocusHome(place: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const home = place.current?.closest<HTMLElement>('[tabindex="-1"]');
    return () => {
      // After the change, when it is known whether the focus went elsewhere.
      requestAnimationFrame(() => {
        // A dialog keeps the focus somewhere inside itself, at worst on all of it.
        if (home?.isConnected && document.activeElement?.contains(home)) home.focus();
      });
    };
  }, [place]);
}
