import { ensureDebianPackages, PeerUnavailable } from './debian-packages.mjs';
import { runPeer } from './peer-command.mjs';

// The programs of a desktop's keyring. Each start of the app gets a session and a keyring daemon of its own, so nothing runs here.
await runPeer(async () => {
  if (process.platform !== 'linux')
    throw new PeerUnavailable('the keyring of a Linux desktop is not for this system.');
  await ensureDebianPackages(['gnome-keyring', 'dbus-daemon']);
  return { ready: {}, end: () => Promise.resolve() };
});
