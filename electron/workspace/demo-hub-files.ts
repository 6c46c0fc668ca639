import path from 'node:path';

/** The folder of the demo's hub, and what lies in it besides its store. */
export interface DemoHubFiles {
  readonly dir: string;
  /** The port it had last, so that the app finds it again. */
  readonly port: string;
  /** A `DemoInvitation`; there while the hub runs. */
  readonly invitation: string;
  /** Says that the app has joined once: who leaves the demo's team is not brought back. */
  readonly joined: string;
}

export function demoHubFiles(home: string): DemoHubFiles {
  const dir = path.join(home, 'demo-hub');
  return {
    dir,
    port: path.join(dir, 'port'),
    invitation: path.join(dir, 'invitation.json'),
    joined: path.join(dir, 'joined'),
  };
}
