import { ChevronRight, Download } from 'lucide-react';
import { useState } from 'react';

import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { CheckField, SelectField } from '../../ui/field.js';
import { useReceived } from './lead-stores.js';
import type { ExportChoice } from './received-store.js';

const text = strings.lead.feedback;
const FORMATS = ['csv', 'supervised', 'preference'] as const satisfies readonly ExportChoice['format'][];

/** Writes all feedback to a file, without personal data unless the lead wants it in. */
export function ExportForm() {
  const [format, setFormat] = useState<ExportChoice['format']>('csv');
  const [redact, setRedact] = useState(true);
  const run = useReceived((state) => state.export);
  const isBusy = useReceived((state) => state.busy === 'exporting');
  const exported = useReceived((state) => state.exported);
  return (
    <details className="lead-more">
      <summary>
        <ChevronRight aria-hidden />
        {text.export}
      </summary>
      <div className="lead-form">
        <SelectField
          label={text.format}
          value={format}
          options={FORMATS.map((value) => ({ value, label: text.formats[value] }))}
          onChange={setFormat}
        />
        <CheckField label={text.redact} value={redact} onChange={setRedact} />
        <p className="lead-hint">{text.redactHint[redact ? 'yes' : 'no']}</p>
        <div>
          <Button
            icon={<Download aria-hidden />}
            aria-disabled={isBusy}
            onClick={() => void run({ format, redact })}
          >
            {text.exportGo}
          </Button>
        </div>
        {exported !== null && (
          <p role="status" className="lead-hint">
            {text.exported(exported)}
          </p>
        )}
      </div>
    </details>
  );
}
