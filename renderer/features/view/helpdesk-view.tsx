import { ArrowLeft, RotateCw, ShieldAlert, TextCursorInput, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import { strings } from '../../app/strings.js';
import { Button, IconButton } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { AllowedPlaces } from './allowed-places.js';
import { useView } from './view-store.js';
import './view.css';

const text = strings.view;

interface HelpdeskViewProps {
  /** While something of ours lies over it. */
  readonly isCovered: boolean;
  /** Puts the reply into the page's text field. */
  readonly onInsert: () => void;
}

/** The bar above the helpdesk's page and the place the page lies on. */
export function HelpdeskView({ isCovered, onInsert }: HelpdeskViewProps) {
  const view = useView((state) => state.view);
  const close = useView((state) => state.close);
  const back = useView((state) => state.back);
  const reload = useView((state) => state.reload);
  const [isListing, setListing] = useState(false);
  return (
    <section className="view" aria-label={text.title}>
      <div className="view-bar">
        <IconButton label={text.back} icon={<ArrowLeft aria-hidden />} onClick={back} />
        <IconButton label={text.reload} icon={<RotateCw aria-hidden />} onClick={reload} />
        <span className="view-address" dir="ltr">
          {view.url}
        </span>
        {view.isLoading && <span className="view-loading">{text.loading}</span>}
        <IconButton
          label={text.insert}
          icon={<TextCursorInput aria-hidden />}
          keyHint="F8"
          showKey
          aria-keyshortcuts="F8"
          onClick={onInsert}
        />
        <AllowedPlaces isOpen={isListing} onOpenChange={setListing} />
        <IconButton label={text.close} keyHint="G V" icon={<X aria-hidden />} onClick={() => void close()} />
      </div>
      <Blocked />
      {view.problem !== '' && (
        <Callout tone="bad" icon={<ShieldAlert aria-hidden />} title={text.problem}>
          <p>{view.problem}</p>
        </Callout>
      )}
      <PagePlace isCovered={isCovered || isListing} />
    </section>
  );
}

function Blocked() {
  const blocked = useView((state) => state.view.blocked);
  const allow = useView((state) => state.allow);
  const origin = blocked === null ? null : (URL.parse(blocked)?.origin ?? null);
  if (origin === null) return null;
  return (
    <Callout tone="warn" icon={<ShieldAlert aria-hidden />} title={text.blocked(origin)}>
      <p>{text.blockedNext}</p>
      <Button onClick={() => void allow(origin)}>{text.allow(origin)}</Button>
    </Callout>
  );
}

/** Tells main where the page lies, whenever that changes. */
function PagePlace({ isCovered }: { readonly isCovered: boolean }) {
  const place = useView((state) => state.place);
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const here = element.current;
    if (!here || isCovered) {
      place(null);
      return;
    }
    const tell = (): void => {
      const { x, y, width, height } = here.getBoundingClientRect();
      place({ x, y, width, height });
    };
    const observer = new ResizeObserver(tell);
    observer.observe(here);
    window.addEventListener('resize', tell);
    tell();
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', tell);
      place(null);
    };
  }, [isCovered, place]);
  return <div ref={element} className="view-place" />;
}
