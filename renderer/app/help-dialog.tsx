import { Dialog } from '../ui/dialog.js';
import { Kbd } from '../ui/kbd.js';
import { ScrollArea } from '../ui/scroll-area.js';
import { otherKeys, shortcuts } from './shortcuts.js';
import { strings } from './strings.js';

const text = strings.shortcuts;

/** Every key, from the same table that binds them. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const rows = [...shortcuts, ...otherKeys];
  return (
    <Dialog title={text.title} closeLabel={strings.app.close} onClose={onClose}>
      <ScrollArea className="help" role="group" aria-label={text.title}>
        {Object.entries(text.groups).map(([group, title]) => (
          <section key={group} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {rows
                .filter((row) => row.group === group)
                .map(({ keys, label }) => (
                  <div key={label}>
                    <dt>{label}</dt>
                    <dd>
                      <span className="visually-hidden">{keys}</span>
                      {keys.split(' ').map((key) => (
                        <Kbd key={key} keys={key} />
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
        <p className="help-note">{text.note}</p>
      </ScrollArea>
    </Dialog>
  );
}
