import { useState } from 'react';

import { strings } from '../../app/strings.js';

const text = strings.conversation;

/** Longer texts are cut until the rep asks for the rest, so that a 100 kB mail does not slow the list down. */
const SHOWN_CHARACTERS = 2000;

/** They turn the letters of a word around, which nobody writes; with them an address reads as another. */
const DIRECTION_OVERRIDES = /[\u202d\u202e]/gu;

/** What somebody wrote, as plain text in its own reading direction. */
export function MessageText({ body: written }: { readonly body: string }) {
  const body = written.replace(DIRECTION_OVERRIDES, '');
  const [isWhole, setIsWhole] = useState(false);
  if (body.trim() === '') return <p className="message-empty">{text.emptyMessage}</p>;
  const isLong = body.length > SHOWN_CHARACTERS;
  return (
    <>
      <p className="message-text" dir="auto">
        {isLong && !isWhole ? `${cutAt(body, SHOWN_CHARACTERS)}…` : body}
      </p>
      {isLong && (
        <button type="button" className="message-more" onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? text.showLess : text.showAll(body.length)}
        </button>
      )}
    </>
  );
}

/** Cuts before a surrogate pair rather than through it. */
function cutAt(body: string, length: number): string {
  const last = body.charCodeAt(length - 1);
  return body.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
