import { Bug } from 'lucide-react';
import { Component, type ReactNode } from 'react';

import { Button } from '../ui/button.js';
import { EmptyState } from '../ui/empty-state.js';
import { strings } from './strings.js';

interface ErrorBoundaryState {
  readonly problem: string | null;
}

/** Catches a bug of the window once, at the top, and says what to do; nothing the rep decided is lost by it. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { problem: null };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { problem } = this.state;
    if (problem === null) return this.props.children;
    return (
      <main className="crash" role="alert">
        <EmptyState icon={<Bug aria-hidden />} title={strings.app.crashTitle}>
          <p>{strings.app.crashNext}</p>
          <code>{problem}</code>
          <Button variant="primary" onClick={() => window.location.reload()}>
            {strings.app.reload}
          </Button>
        </EmptyState>
      </main>
    );
  }
}
