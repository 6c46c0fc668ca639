import { ChevronRight } from 'lucide-react';
import { useState } from 'react';

import type { ReleaseChange } from '../../../shared/contracts/hub/releases.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Chip, type Tone } from '../../ui/chip.js';
import { LineDiff } from '../../ui/line-diff.js';

const text = strings.lead;
const tones: Record<ReleaseChange['change'], Tone> = { added: 'good', changed: 'accent', removed: 'bad' };
/** More would be slow to draw and is not read at once anyway. */
const SHOWN_AT_ONCE = 50;
const OPEN_UP_TO = 3;

/** What changed from one state of the team's knowledge to another; each change unfolds to its lines. */
export function ChangeList({ changes }: { readonly changes: readonly ReleaseChange[] }) {
  const [limit, setLimit] = useState(SHOWN_AT_ONCE);
  // What only machines read comes with every change of an article.
  const readable = changes.filter(({ key }) => !key.startsWith('graph/'));
  const left = readable.length - limit;
  return (
    <>
      <ul className="lead-changes">
        {readable.slice(0, limit).map((change) => (
          <li key={change.key}>
            <details open={readable.length <= OPEN_UP_TO}>
              <summary>
                <ChevronRight aria-hidden />
                <Chip tone={tones[change.change]}>{text.change[change.change]}</Chip>
                <strong>{change.title}</strong>
                <span className="lead-key">{change.key}</span>
              </summary>
              {change.diff === '' ? (
                <p className="lead-hint">{text.noText}</p>
              ) : (
                <LineDiff
                  label={text.diff(change.title)}
                  diff={change.diff}
                  added={text.added}
                  removed={text.removed}
                  place={text.line}
                />
              )}
            </details>
          </li>
        ))}
      </ul>
      {left > 0 && <Button onClick={() => setLimit(limit + SHOWN_AT_ONCE)}>{text.moreChanges(left)}</Button>}
    </>
  );
}
