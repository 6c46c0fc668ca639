import { KeyRound } from 'lucide-react';

import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Popover } from '../../ui/popover.js';
import { useView } from './view-store.js';

const text = strings.view;

interface AllowedPlacesProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

/** Where else the page may go, as for a sign-in, and the way to take that back; nothing while it may go nowhere. */
export function AllowedPlaces({ isOpen, onOpenChange }: AllowedPlacesProps) {
  const allowed = useView((state) => state.view.allowed);
  const forget = useView((state) => state.forgetAllowed);
  if (allowed.length === 0) return null;
  return (
    <Popover
      label={text.allowed}
      open={isOpen}
      onOpenChange={onOpenChange}
      trigger={
        <button
          type="button"
          className="button"
          data-variant="quiet"
          data-icon-only
          aria-label={text.allowed}
          title={text.allowed}
        >
          <KeyRound aria-hidden />
        </button>
      }
    >
      <div className="view-allowed">
        <p>{text.allowedWhat}</p>
        <ul>
          {allowed.map((origin) => (
            <li key={origin}>{origin}</li>
          ))}
        </ul>
        <Button
          onClick={() => {
            onOpenChange(false);
            void forget();
          }}
        >
          {text.forgetAllowed}
        </Button>
      </div>
    </Popover>
  );
}
