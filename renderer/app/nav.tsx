import {
  BookOpen,
  CircleQuestionMark,
  Headset,
  Store,
  Library,
  ListChecks,
  Settings as Gear,
  ShieldCheck,
  Users,
} from 'lucide-react';

import { KnowledgeStatusLine } from '../features/knowledge/knowledge-status.js';
import { SettingsPopover } from '../features/settings/settings-popover.js';
import { useSettings } from '../features/settings/settings-store.js';
import { useTeam } from '../features/team/team-store.js';
import { IconButton } from '../ui/button.js';
import { isLead } from './is-lead.js';
import { useNotice } from './notice-store.js';
import { usePanel } from './panel-store.js';
import { strings } from './strings.js';

/** The ways to everything that is not the card: knowledge, decisions, settings, help. */
export function Nav({ direction }: { readonly direction: 'row' | 'column' }) {
  const panel = usePanel((state) => state.panel);
  const open = usePanel((state) => state.open);
  const close = usePanel((state) => state.close);
  const update = useSettings((state) => state.update);
  const mayLead = useTeam(({ status }) => isLead(status));
  const say = useNotice((state) => state.say);
  return (
    <nav className="nav" data-direction={direction} aria-label={strings.app.nav}>
      <IconButton
        label={strings.knowledge.title}
        keyHint="/"
        aria-haspopup="dialog"
        icon={<BookOpen aria-hidden />}
        onClick={() => open('knowledge')}
      />
      <IconButton
        label={strings.feedback.title}
        keyHint="G F"
        aria-haspopup="dialog"
        icon={<ListChecks aria-hidden />}
        onClick={() => open('decisions')}
      />
      <IconButton
        label={strings.helpdesk.open}
        keyHint="G H"
        aria-haspopup="dialog"
        icon={<Headset aria-hidden />}
        onClick={() => open('helpdesks')}
      />
      {direction === 'column' && (
        <IconButton
          label={strings.business.open}
          keyHint="G B"
          aria-haspopup="dialog"
          icon={<Store aria-hidden />}
          onClick={() => open('business')}
        />
      )}
      <IconButton
        label={strings.team.open}
        keyHint="G T"
        aria-haspopup="dialog"
        icon={<Users aria-hidden />}
        onClick={() => open('team')}
      />
      {mayLead && (
        <IconButton
          label={strings.lead.title}
          keyHint="G L"
          aria-haspopup="dialog"
          icon={<Library aria-hidden />}
          onClick={() => open('lead')}
        />
      )}
      <IconButton
        label={strings.ledger.open}
        keyHint="G P"
        aria-haspopup="dialog"
        icon={<ShieldCheck aria-hidden />}
        onClick={() => open('ledger')}
      />
      <span className="nav-gap" />
      <IconButton
        label={strings.shortcuts.title}
        keyHint="?"
        aria-haspopup="dialog"
        icon={<CircleQuestionMark aria-hidden />}
        onClick={() => open('help')}
      />
      <SettingsPopover
        status={<KnowledgeStatusLine />}
        side={direction === 'column' ? 'right' : 'bottom'}
        isOpen={panel === 'settings'}
        onOpenChange={(isOpen) => (isOpen ? open('settings') : close())}
        onChange={(change) =>
          void update(change).then(
            (error) => error && say(`${strings.settings.notSaved}. ${error.next}`, 'bad'),
          )
        }
        trigger={
          <button
            type="button"
            className="button"
            data-variant="quiet"
            data-icon-only
            aria-label={strings.settings.title}
            title={strings.settings.title}
          >
            <Gear aria-hidden />
          </button>
        }
      />
    </nav>
  );
}
