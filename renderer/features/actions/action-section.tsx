import { Plus } from 'lucide-react';
import { useState } from 'react';

import type { RuleSource } from '../../../shared/domain/action.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
import { Menu } from '../../ui/menu.js';
import { Section } from '../../ui/section.js';
import { ActionRow } from './action-row.js';
import { changeId, useActions } from './actions-store.js';
import type { AnsweredMessage } from './earlier-change.js';
import { NewChange } from './new-change.js';
import './actions.css';

const text = strings.changes;

/** The changes of this conversation in business systems: proposed, decided, done; and the way to start one by hand. */
export function ActionSection({
  answered,
  onOpenSource,
}: {
  readonly answered: AnsweredMessage;
  readonly onOpenSource: (source: RuleSource) => void;
}) {
  const actions = useActions((state) => state.actions);
  const offered = useActions((state) => state.offered);
  const draft = useActions((state) => state.draft);
  const begin = useActions((state) => state.begin);
  const [isOpen, setOpen] = useState(false);
  if (actions.length === 0 && offered.length === 0) return null;
  const waiting = actions.filter(
    ({ status, effect }) => status === 'waiting_for_rep' && effect !== '',
  ).length;
  return (
    <Section
      title={text.title}
      aside={waiting > 0 ? <Chip tone="accent">{text.waiting(waiting)}</Chip> : undefined}
    >
      {actions.length > 0 && (
        <ul className="actions" aria-label={text.title}>
          {actions.map((action) => (
            <ActionRow key={action.id} {...{ action, answered, onOpenSource }} />
          ))}
        </ul>
      )}
      {draft ? (
        <NewChange draft={draft} />
      ) : (
        offered.length > 0 && (
          <Menu
            label={text.start}
            isOpen={isOpen}
            onOpenChange={setOpen}
            trigger={
              <Button variant="quiet" icon={<Plus aria-hidden />}>
                {text.start}
              </Button>
            }
            items={offered.map((change) => ({
              ...{ id: changeId(change), label: change.title, detail: change.description },
              onSelect: () => begin(change),
            }))}
          />
        )
      )}
    </Section>
  );
}
