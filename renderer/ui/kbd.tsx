import './kbd.css';

const isMac = navigator.userAgent.includes('Mac');

/** A key, or a combination written `Ctrl ↵`, as a hint for the eye; readers hear the action's name instead. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <kbd className="kbd" aria-hidden="true">
      {isMac ? keys.replace('Ctrl', '⌘') : keys}
    </kbd>
  );
}
