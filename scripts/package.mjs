import { packageApp } from './package/package-app.mjs';
import { createProgress } from './setup/progress.mjs';
import { setUpApp } from './setup/set-up.mjs';
import { reportSetupFailure } from './setup/setup-error.mjs';

// `npm run package`: the app as a folder in dist/ for this machine. Installers: `npx electron-builder` (electron-builder.yml).
const progress = createProgress();
try {
  await setUpApp(progress, { headless: false });
  const result = await packageApp(progress.say);
  if ('problem' in result) {
    process.stderr.write(`${result.problem}\n`);
    process.exitCode = 1;
  } else progress.say(`Packaged: ${result.executablePath}`);
} catch (error) {
  process.exitCode = reportSetupFailure(error);
}
