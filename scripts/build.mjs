import { createProgress } from './setup/progress.mjs';
import { setUpCommandLine } from './setup/set-up.mjs';
import { reportSetupFailure } from './setup/setup-error.mjs';

// `npm run build`: everything in build/ that has to be made anew, and the packages that takes.
try {
  await setUpCommandLine(createProgress());
} catch (error) {
  process.exitCode = reportSetupFailure(error);
}
