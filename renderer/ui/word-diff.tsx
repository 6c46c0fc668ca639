import './word-diff.css';

interface WordDiffProps {
  readonly label: string;
  readonly parts: readonly { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }[];
  /** What screen readers hear before a part that changed. */
  readonly added: string;
  readonly removed: string;
}

/** A text with what was put in and what was taken out. */
export function WordDiff({ label, parts, added, removed }: WordDiffProps) {
  return (
    <p className="word-diff" role="group" aria-label={label} dir="auto">
      {parts.map(({ kind, text: words }, at) => {
        // Parts have no identity but their place, and a stored diff never changes.
        if (kind === 'same') return <span key={at}>{words}</span>;
        const Part = kind === 'added' ? 'ins' : 'del';
        return (
          <Part key={at}>
            <span className="visually-hidden">{kind === 'added' ? added : removed}: </span>
            {words}
          </Part>
        );
      })}
    </p>
  );
}
