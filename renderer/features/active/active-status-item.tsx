import { Crosshair, MapPin, MapPinOff } from 'lucide-react';

import { strings } from '../../app/strings.js';
import './active-status.css';
import { useActive } from './active-store.js';

const text = strings.active;

/** Who says where the rep is; pressing it stops that or begins it again. Nothing before anybody said anything. */
export function ActiveStatusItem({
  shownId,
  onToggle,
}: {
  readonly shownId: string | null;
  readonly onToggle: () => void;
}) {
  const { isFollowing, active } = useActive(({ state }) => state);
  if (isFollowing && active === null) return null;
  const isThere = active !== null && active.conversationId === shownId;
  const Icon = !isFollowing ? MapPinOff : isThere ? Crosshair : MapPin;
  const shown = !isFollowing
    ? text.stopped
    : isThere
      ? text.following(text.sources[active.source])
      : text.choseHere;
  return (
    <button
      type="button"
      className="status-item active-status"
      data-following={isFollowing}
      aria-label={text.label(shown, isFollowing ? text.stop : text.start)}
      title={`${isFollowing ? text.stop : text.start} (G U)`}
      onClick={onToggle}
    >
      <Icon aria-hidden />
      <span className="active-status-text">{shown}</span>
    </button>
  );
}
