import { spawn } from 'node:child_process';
import { chmod, chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { runProcess } from '../../scripts/setup/run-process.mjs';
import { tieToThisProcess } from '../../scripts/setup/tied-process.mjs';
import { ensureDebianPackages, PeerUnavailable } from './debian-packages.mjs';
import { freePort } from './free-port.mjs';
import { runPeer } from './peer-command.mjs';

const PASSWORD = 'mailbox-password-1';
const START_MS = 20_000;

/**
 * A real Dovecot with mailboxes in `dir`: any user signs in with the password, and finds INBOX, Sent and Drafts. A folder that was used
 * before keeps its mails. `badUrl` is a second door with a certificate nobody vouches for.
 *
 * @typedef {{ url: string, badUrl: string, user: string, password: string }} ImapReady
 * @param {string} dir
 * @param {number} wantedPort 0 for any
 * @returns {Promise<{ ready: ImapReady, end: () => Promise<void> }>}
 */
export async function startImap(dir, wantedPort) {
  await ensureDebianPackages(['dovecot-imapd', 'openssl']);
  const home = path.resolve(dir);
  // As root Dovecot gives root up for the mails and for whoever has not signed in yet; any other user does all of it.
  const isRoot = process.getuid?.() === 0;
  const mail = isRoot ? await idOf('mail') : os.userInfo();
  for (const name of ['mail', 'run', 'state']) await mkdir(path.join(home, name), { recursive: true });
  await chmod(home, 0o711);
  if (isRoot) await chown(path.join(home, 'mail'), mail.uid, mail.gid);
  const port = wantedPort === 0 ? await freePort() : wantedPort;
  const tlsPort = await freePort();
  await makeCertificate(home);
  const config = path.join(home, 'dovecot.conf');
  await writeFile(config, configOf(home, port, tlsPort, mail) + (isRoot ? '' : await rootless()));
  const end = await serve(home, config, port);
  const [url, badUrl] = [`imap://127.0.0.1:${port}`, `imaps://127.0.0.1:${tlsPort}`];
  return { ready: { url, badUrl, user: 'help@harbour.example', password: PASSWORD }, end };
}

/** @param {string} file */
const lines = async (file) => (await readFile(file, 'utf8')).split('\n');

/** All services as the user who starts it; without root nothing can be changed to another, nor shut into a folder. */
async function rootless() {
  const { username, gid } = os.userInfo();
  const group = (await lines('/etc/group')).find((one) => one.split(':')[2] === String(gid))?.split(':')[0];
  if (group === undefined) throw new PeerUnavailable('needs a group with a name.');
  return `
default_internal_user = ${username}
default_internal_group = ${group}
default_login_user = ${username}
service imap {
  chroot =
}
service stats {
  chroot =
}
`;
}

/** @param {string} user */
async function idOf(user) {
  const line = (await lines('/etc/passwd')).find((one) => one.startsWith(`${user}:`));
  if (line === undefined) throw new PeerUnavailable(`needs the user ${user}.`);
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

/** @param {string} home */
async function makeCertificate(home) {
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'];
  const files = ['-keyout', path.join(home, 'key.pem'), '-out', path.join(home, 'certificate.pem')];
  const { code, output } = await runProcess('openssl', [...args, ...files]);
  if (code !== 0) throw new Error(`openssl: ${output}`);
}

/**
 * @param {string} home
 * @param {number} port
 * @param {number} tlsPort
 * @param {{ uid: number, gid: number }} owner of the mails
 */
function configOf(home, port, tlsPort, { uid, gid }) {
  return `
base_dir = ${home}/run
state_dir = ${home}/state
log_path = ${home}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${home}/certificate.pem
ssl_key = <${home}/key.pem
disable_plaintext_auth = no
auth_failure_delay = 0
first_valid_uid = ${uid}
first_valid_gid = ${gid}
mail_uid = ${uid}
mail_gid = ${gid}
mail_location = maildir:${home}/mail/%u:LAYOUT=fs
mail_max_userip_connections = 100
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
  }
}
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${home}/mail/%u
}
namespace inbox {
  inbox = yes
  mailbox Drafts {
    auto = create
    special_use = \\Drafts
  }
  mailbox Sent {
    auto = create
    special_use = \\Sent
  }
}
`;
}

/**
 * @param {string} home
 * @param {string} config
 * @param {number} port
 * @returns {Promise<() => Promise<void>>} ends the server
 */
async function serve(home, config, port) {
  const [command, args] = tieToThisProcess('/usr/sbin/dovecot', ['-F', '-c', config], 'TERM');
  const server = spawn(command, args, { cwd: home, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  server.stderr.on('data', (/** @type {Buffer} */ chunk) => (said = (said + chunk.toString()).slice(-4000)));
  const over = new Promise((resolve) => server.once('exit', resolve));
  const end = async () => {
    if (server.exitCode === null) server.kill('SIGTERM');
    await over;
  };
  const limit = Date.now() + START_MS;
  while (Date.now() < limit && server.exitCode === null) {
    if (await greets(port)) return end;
    await pause(100);
  }
  await end();
  throw new Error(`Dovecot did not start: ${said}`);
}

/** @param {number} port */
function greets(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('data', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    setTimeout(() => socket.destroy(), 1000).unref();
    socket.once('data', () => socket.destroy());
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runPeer(startImap);
