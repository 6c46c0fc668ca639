import { diffLines } from './diff-lines.js';
import './line-diff.css';

interface LineDiffProps {
  readonly label: string;
  /** Unified, without file names. */
  readonly diff: string;
  readonly added: string;
  readonly removed: string;
  /** Says where a part begins. */
  readonly place: (line: string) => string;
}

const signs = { same: '', added: '+', removed: '−', place: '' } as const;

/** A text that changed, line by line: colour, sign, and for screen readers a word say what became of each. */
export function LineDiff({ label, diff, added, removed, place }: LineDiffProps) {
  return (
    <ol className="line-diff" aria-label={label}>
      {diffLines(diff)
        .filter(({ kind, text }) => kind !== 'place' || text !== '1')
        .map(({ kind, text }, at) => (
          // Lines have no identity but their place.
          <li key={at} data-kind={kind}>
            <span className="line-diff-sign" aria-hidden="true">
              {signs[kind]}
            </span>
            {kind === 'added' && <span className="visually-hidden">{added}: </span>}
            {kind === 'removed' && <span className="visually-hidden">{removed}: </span>}
            <span dir="auto">{kind === 'place' && /^\d+$/.test(text) ? place(text) : text}</span>
          </li>
        ))}
    </ol>
  );
}
