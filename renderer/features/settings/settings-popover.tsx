import { CircleAlert } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';

import type { Settings } from '../../../shared/contracts/ipc/settings.js';
import { strings } from '../../app/strings.js';
import { Callout } from '../../ui/callout.js';
import { Popover } from '../../ui/popover.js';
import { Segmented } from '../../ui/segmented.js';
import { answeringBy, answeringText, useAnswering } from './answering-store.js';
import { ChatModelForm } from './chat-model-form.js';
import { ExtensionSettings } from './extension-settings.js';
import { SearchModelForm } from './search-model-form.js';
import './settings.css';
import { useSettings } from './settings-store.js';

const text = strings.settings;

interface SettingsPopoverProps {
  readonly trigger: ReactElement;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly onChange: (change: Partial<Settings>) => void;
  readonly side: 'right' | 'bottom';
  /** What the index is doing. */
  readonly status: ReactNode;
}

/** Theme, layout, always on top, chat and search model; and what is running. */
export function SettingsPopover(props: SettingsPopoverProps) {
  const { trigger, isOpen, onOpenChange, onChange, side, status } = props;
  const settings = useSettings((state) => state.settings);
  return (
    <Popover label={text.title} trigger={trigger} side={side} open={isOpen} onOpenChange={onOpenChange}>
      <div className="settings">
        <Segmented
          label={text.theme}
          value={settings.theme}
          options={(['system', 'light', 'dark'] as const).map((value) => ({
            value,
            label: text.themes[value],
          }))}
          onChange={(theme) => onChange({ theme })}
        />
        <Segmented
          label={text.layout}
          value={settings.layout}
          options={(['beside', 'full'] as const).map((value) => ({ value, label: text.layouts[value] }))}
          onChange={(layout) => onChange({ layout })}
        />
        <label className="settings-check">
          <span>{text.alwaysOnTop}</span>
          <input
            type="checkbox"
            checked={settings.alwaysOnTop}
            onChange={(event) => onChange({ alwaysOnTop: event.target.checked })}
          />
        </label>
        <label className="settings-check">
          <span>{text.clipboardShortcut}</span>
          <input
            type="checkbox"
            checked={settings.clipboardShortcut}
            onChange={(event) => onChange({ clipboardShortcut: event.target.checked })}
          />
        </label>
        <ExtensionSettings
          isOn={settings.browserExtension}
          onTurn={(browserExtension) => onChange({ browserExtension })}
        />
        <Segmented
          label={text.keptDays}
          value={String(settings.keptDays)}
          options={[7, 30, 90].map((days) => ({ value: String(days), label: text.days(days) }))}
          onChange={(days) => onChange({ keptDays: Number(days) })}
        />
        <ChatModelForm />
        <SearchModelForm status={status} />
        <AboutLines />
      </div>
    </Popover>
  );
}

function AboutLines() {
  const about = useSettings((state) => state.about);
  const answering = answeringBy(useAnswering((state) => state));
  if (!about) return null;
  const lines = [
    [text.version, about.version],
    [text.runtime, `Electron ${about.electron}`],
    [text.team, about.teamName],
    [text.strategy, answeringText(answering)],
    [text.workspace, about.workspace],
    [text.kept, text.keptHow(about.storage.isEncrypted)],
    ...(about.storage.aside === null ? [] : [[text.aside, about.storage.aside] as const]),
  ] as const;
  const { problem } = about.storage;
  return (
    <section aria-label={text.about}>
      {problem && (
        <Callout tone="bad" icon={<CircleAlert aria-hidden />} title={problem.message}>
          {problem.detail !== undefined && <p>{problem.detail}</p>}
          <p>{problem.next}</p>
        </Callout>
      )}
      <dl className="about">
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
