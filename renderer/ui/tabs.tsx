import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

import './tabs.css';

interface TabsProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly tabs: readonly { readonly value: V; readonly label: string; readonly icon?: ReactNode }[];
  readonly onChange: (value: V) => void;
  /** What the chosen tab shows. */
  readonly children: ReactNode;
}

/** Pages of one panel; arrow keys move between their names. Only the chosen one exists. */
export function Tabs<V extends string>({ label, value, tabs, onChange, children }: TabsProps<V>) {
  return (
    <Radix.Root className="tabs" value={value} onValueChange={(chosen) => onChange(chosen as V)}>
      <Radix.List className="tabs-list" aria-label={label}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.value} value={tab.value} className="tabs-tab">
            {tab.icon}
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      <Radix.Content key={value} value={value} className="tabs-page" tabIndex={-1}>
        {children}
      </Radix.Content>
    </Radix.Root>
  );
}
