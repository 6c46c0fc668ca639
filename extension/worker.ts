import { followTabs } from './follow-tabs.js';

followTabs(chrome, () => Date.now());
