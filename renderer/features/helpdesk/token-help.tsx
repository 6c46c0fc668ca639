import type { HelpdeskKind } from '../../../shared/domain/helpdesk.js';
import { strings } from '../../app/strings.js';
import { Section } from '../../ui/section.js';

const text = strings.helpdesk;

/** Where a token is made in the helpdesk, step by step, and which rights it needs for what. */
export function TokenHelp({ kind }: { readonly kind: HelpdeskKind }) {
  const { steps, rights } = text.kinds[kind];
  return (
    <div className="helpdesk-help">
      <Section title={text.form.howTo}>
        <ol>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Section>
      <Section title={text.form.rights}>
        <dl>
          {rights.map(({ name, why }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{why}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </div>
  );
}
