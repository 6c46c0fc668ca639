import { Tabs as Radix } from 'radix-ui';
import { useEffect, useRef, type ReactNode } from 'react';

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
  const list = useRef<HTMLDivElement>(null);
  const names = tabs.map((tab) => tab.label).join();
  // In a narrow window the row is longer than the panel, and a name grows with its count.
  useEffect(() => {
    list.current
      ?.querySelector('[data-state=active]')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [value, names]);
  return (
    <Radix.Root className="tabs" value={value} onValueChange={(chosen) => onChange(chosen as V)}>
      <Radix.List ref={list} className="tabs-list" aria-label={label}>
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
