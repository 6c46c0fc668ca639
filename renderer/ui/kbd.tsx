import './kbd.css';

/** A key, or a combination written `Ctrl+Enter`, as a hint for the eye; readers hear the action's name instead. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <kbd className="kbd" aria-hidden="true">
      {keys}
    </kbd>
  );
}
