import { FileText, X } from 'lucide-react';
import { useRef } from 'react';

import { strings } from '../../app/strings.js';
import { Chip } from '../../ui/chip.js';
import { IconButton } from '../../ui/button.js';
import { keyOf, useAttachments } from './attachment-store.js';
import './attachments.css';

const text = strings.attachments;

/** The files the card was made with besides the messages; each can be taken out again. */
export function UsedFiles() {
  const used = useAttachments((state) => state.used);
  const files = useAttachments((state) => state.files);
  const toggleUse = useAttachments((state) => state.toggleUse);
  const list = useRef<HTMLUListElement>(null);
  if (used.length === 0) return null;
  return (
    <ul className="used-files" aria-label={text.usedTitle} ref={list}>
      {used.map((file) => (
        <li key={keyOf(file)}>
          <Chip tone="accent" icon={<FileText aria-hidden />} title={text.usedMeans}>
            {text.uses(file)}
          </Chip>
          <IconButton
            label={text.of(text.stopUsing, file.name)}
            icon={<X aria-hidden />}
            aria-disabled={files[keyOf(file)]?.work === 'using'}
            onClick={() => {
              // The button goes with its file, and the focus must not be lost with it.
              list.current?.closest<HTMLElement>('[tabindex="0"]')?.focus();
              void toggleUse(file);
            }}
          />
        </li>
      ))}
    </ul>
  );
}
