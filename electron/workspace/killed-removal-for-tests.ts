import path from 'node:path';

import { appError } from '../../shared/errors/app-error.js';
import { finishRemoval, markRemoval, type Removal } from './remove-team-data.js';
import { MEMBERSHIP_FOLDER, teamFiles } from './team-files.js';

/**
 * A process of its own that removes a team's data until it is killed: `node BUNDLE WORKSPACE REASON`. Says `started`, `marked` and `removed`
 * on standard output.
 */
const [workspaceDir = '', reason = ''] = process.argv.slice(2);
const ended = {
  ...{ hubUrl: 'https://hub.example', teamName: 'Lumen', endedAt: '2026-01-01T00:00:00.000Z' },
  ...{ error: appError('HUB_MEMBER_WIPED'), isWiped: true },
};
const removals: Readonly<Record<string, Removal>> = {
  wiped: { ended, joined: null },
  left: { ended: null, joined: null },
  joined: { ended: null, joined: { team: 'the new one' } },
};
const removal = removals[reason];
if (!removal) throw new Error(`no removal ${reason}`);
process.stdout.write('started\n');
markRemoval(teamFiles(path.join(workspaceDir, MEMBERSHIP_FOLDER)), removal);
process.stdout.write('marked\n');
finishRemoval(workspaceDir);
process.stdout.write('removed\n');
