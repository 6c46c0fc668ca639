import { useEffect, useMemo } from 'react';

import type { AssistBridge } from '../../shared/contracts/ipc/index.js';
import { ErrorBoundary } from './error-boundary.js';
import './app.css';
import { listenToKeyboard } from './keyboard.js';
import { BesideLayout, FullLayout } from './layouts.js';
import { LiveRegion } from './live-region.js';
import { Panels } from './panels.js';
import { Providers } from './providers.js';
import { createRepActions } from './rep-actions.js';
import { StatusBar } from './status-bar.js';
import { connectStores, createStores } from './stores.js';
import { applyTheme } from './theme.js';
import { useLayout } from './use-layout.js';

/** The window: stores, keyboard and layout put together. */
export function App({ bridge }: { readonly bridge: AssistBridge }) {
  const { stores, actions } = useMemo(() => {
    const made = createStores(bridge);
    return { stores: made, actions: createRepActions(bridge, made) };
  }, [bridge]);
  const layout = useLayout();

  useEffect(() => connectStores(bridge, stores), [bridge, stores]);
  useEffect(() => listenToKeyboard(window, stores, actions), [stores, actions]);
  useEffect(() => bridge.on('view.insert_asked', actions.insertIntoPage), [bridge, actions]);
  useEffect(() => stores.settings.subscribe(({ settings }) => applyTheme(settings.theme)), [stores]);

  return (
    <ErrorBoundary>
      <Providers stores={stores}>
        <div className="app" data-layout={layout}>
          {layout === 'full' ? <FullLayout actions={actions} /> : <BesideLayout actions={actions} />}
          <StatusBar onToggleFollowing={actions.toggleFollowing} />
        </div>
        <Panels actions={actions} isBeside={layout === 'beside'} />
        <LiveRegion />
      </Providers>
    </ErrorBoundary>
  );
}
