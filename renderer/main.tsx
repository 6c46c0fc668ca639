import '@fontsource-variable/inter';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

// Before the components, whose own styles refine these.
import './styles/tokens.css';
import './styles/base.css';
import { App } from './app/app.js';
import { createAssistClient } from './bridge/assist-client.js';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <App bridge={createAssistClient()} />
  </StrictMode>,
);
