import { Pencil, Plus, Trash2 } from 'lucide-react';
import type { RefObject } from 'react';

import type { BusinessView } from '../../../shared/contracts/ipc/business.js';
import type { BusinessKind } from '../../../shared/domain/business-system.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Question } from '../../ui/question.js';
import { useBusiness, type BusinessState } from './business-store.js';

const text = strings.business;
const [firstKind = 'vendure' as const] = Object.keys(text.kinds) as (keyof typeof text.kinds)[];

/** Systems that know orders; of several the first, which was saved last, is looked into. */
const SHOPS: ReadonlySet<BusinessKind> = new Set(['vendure', 'shopify']);
const shopOf = ({ systems }: BusinessView): string =>
  systems.find(({ system }) => SHOPS.has(system.kind))?.system.name ?? '';

/** The connected systems, and where orders come from now. */
export function BusinessList({ first }: { readonly first: RefObject<HTMLElement | null> }) {
  const view = useBusiness((state) => state.view);
  const add = useBusiness((state) => state.add);
  return (
    <>
      {view && <p>{view.source === 'system' ? text.shop(shopOf(view)) : text.source[view.source]}</p>}
      {view && view.systems.length > 0 && (
        <ul className="business-list" aria-label={text.list}>
          {view.systems.map((one) => (
            <Row key={one.system.id} {...one} />
          ))}
        </ul>
      )}
      <div className="business-foot">
        <Button
          ref={first as RefObject<HTMLButtonElement | null>}
          variant={view?.systems.length ? 'plain' : 'primary'}
          icon={<Plus aria-hidden />}
          onClick={() => add(firstKind)}
        >
          {text.add}
        </Button>
      </div>
    </>
  );
}

function Row({ system, secret }: NonNullable<BusinessState['view']>['systems'][number]) {
  const { id, kind, name, baseUrl } = system;
  const change = useBusiness((state) => state.change);
  const askToRemove = useBusiness((state) => state.askToRemove);
  const remove = useBusiness((state) => state.remove);
  const isAsking = useBusiness((state) => state.toRemove === id);
  const isBusy = useBusiness((state) => state.isBusy);
  return (
    <li className="business-row">
      <strong dir="auto">{name}</strong>
      <span className="business-hint">
        {text.kinds[kind].label} · {baseUrl}
      </span>
      {secret === 'none' && <p className="business-hint">{text.noSecret}</p>}
      {isAsking ? (
        <Question
          title={text.question.title(name)}
          icon={<Trash2 aria-hidden />}
          yes={text.question.yes}
          no={text.question.no}
          isDanger
          isBusy={isBusy}
          onYes={() => void remove()}
          onNo={() => askToRemove(null)}
        >
          <p>{text.question.what}</p>
        </Question>
      ) : (
        <div className="business-foot">
          <Button icon={<Pencil aria-hidden />} aria-label={text.change(name)} onClick={() => change(id)}>
            {text.changeShort}
          </Button>
          <Button
            icon={<Trash2 aria-hidden />}
            aria-label={text.remove(name)}
            onClick={() => askToRemove(id)}
          >
            {text.removeShort}
          </Button>
        </div>
      )}
    </li>
  );
}
