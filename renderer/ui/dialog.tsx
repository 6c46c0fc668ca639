import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useRef, type ReactNode } from 'react';

import { IconButton } from './button.js';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** `center` for a short question, `sheet` for something to read, `full` for a place to work. */
  readonly shape?: 'center' | 'sheet' | 'full';
  /** A dialog that is not modal leaves the page usable beside it. */
  readonly isModal?: boolean;
  /** Whether the single keys of the page work inside too. */
  readonly hasPageKeys?: boolean;
  /** Stands at the right of the title. */
  readonly aside?: ReactNode;
  /** Gets the focus on opening; without it the dialog itself does. */
  readonly initialFocus?: React.RefObject<HTMLElement | null>;
}

/**
 * A dialog that is open for as long as it is rendered. Esc closes it and gives the focus back to where it was, unless the focus is in
 * something with `data-own-escape`, which Esc means then.
 *
 * Radix' own overlay and scroll lock are left out: they write a `style` element, which our content security policy
 * refuses, and the page behind never scrolls anyway.
 */
export function Dialog(props: DialogProps) {
  const { title, closeLabel, onClose, children, shape = 'center', aside, initialFocus } = props;
  const { isModal = true, hasPageKeys = false } = props;
  const returnTo = useRef<Element | null>(null);
  const content = useRef<HTMLDivElement>(null);
  return (
    <Radix.Root open modal={isModal} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Radix.Portal>
        {isModal && <div className="dialog-backdrop" aria-hidden="true" />}
        <Radix.Content
          ref={content}
          className="dialog"
          data-shape={shape}
          data-modal={isModal}
          data-keyboard={hasPageKeys ? 'page' : 'own'}
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            returnTo.current = document.activeElement;
            event.preventDefault();
            (initialFocus?.current ?? content.current)?.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (returnTo.current instanceof HTMLElement && returnTo.current.isConnected)
              returnTo.current.focus();
          }}
          onEscapeKeyDown={(event) => {
            if (document.activeElement?.closest('[data-own-escape="true"]')) event.preventDefault();
          }}
          onInteractOutside={(event) => {
            if (!isModal) event.preventDefault();
          }}
        >
          <header className="dialog-head">
            <Radix.Title className="dialog-title">{title}</Radix.Title>
            {aside}
            <IconButton label={closeLabel} keyHint="Esc" icon={<X aria-hidden />} onClick={onClose} />
          </header>
          <div className="dialog-body">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
