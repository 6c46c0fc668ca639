import { Option, type Command } from 'commander';

import type { Role } from '../../shared/domain/member.js';
import { textTable } from '../evaluation/text-table.js';
import { readHubAddress } from '../sync/join.js';
import { print, withHub, withHubOptions, type HubOptions } from './hub-access.js';
import { printable } from './import-report-text.js';
import { wholeNumber } from './whole-number.js';

interface InviteOptions extends HubOptions {
  readonly role: Role;
  readonly email?: string;
  readonly hours: number;
}

/** Adds `cuecard members`: who is in the team, invites, and ending somebody's access. */
export function addMembersCommands(program: Command, finish: (code: number) => void): void {
  const group = program
    .command('members')
    .description("List, invite and revoke members of a hub's team, and cancel invites.");
  const command = (name: string, description: string): Command =>
    withHubOptions(group.command(name).description(description));

  command('list', 'List members and open invites.').action(async (options: HubOptions) => {
    const found = await withHub(options, process.env, async (hub) => ({
      ...(await hub.request('members.list')),
      ...(await hub.request('members.invites')),
    }));
    const rows = [
      ...found.members.map(({ id, name, email, role, state, lastSeenAt }) => [
        ...[printable(name), printable(email ?? ''), role, state, lastSeenAt ?? 'never seen', id],
      ]),
      ...found.invites.map(({ id, name, email, role, expiresAt }) => [
        ...[printable(name), printable(email ?? ''), role, 'invited', `until ${expiresAt}`, id],
      ]),
    ];
    const text =
      rows.length === 0
        ? 'Nobody yet. Invite somebody with "cuecard members invite <name> --role rep".'
        : textTable(['Name', 'E-mail', 'Role', 'State', 'Last seen', 'Id'], rows);
    print(options, found, `${text}\n`);
    finish(0);
  });

  command('invite', 'Invite somebody; the code is shown once.')
    .argument('<name>', 'name of the person')
    .addOption(
      new Option('--role <role>', 'what the person may do')
        .choices(['rep', 'lead', 'operator'])
        .default('rep'),
    )
    .option('--email <address>', 'needed for company sign-in')
    .option('--hours <n>', 'how long the invite is good for', wholeNumber(720), 72)
    .action(async (name: string, options: InviteOptions) => {
      const { role, email, hours } = options;
      const body = { name, role, email: email ?? null, expiresInHours: hours };
      const made = await withHub(options, process.env, (hub) => hub.request('members.invite', { body }));
      const link = `${readHubAddress(options.hub)}#${made.code}`;
      const until = made.invite.expiresAt.slice(0, 16).replace('T', ' ');
      print(
        options,
        { ...made, link },
        `Invite for ${printable(name)} (${role}), good once, until ${until} UTC: ${made.code}\nTo be pasted in Cuecard: ${link}\n`,
      );
      finish(0);
    });

  command('cancel', 'Make an open invite worthless.')
    .argument('<id>', 'id of the invite, see "cuecard members list"')
    .action(async (id: string, options: HubOptions) => {
      await withHub(options, process.env, (hub) => hub.request('members.cancel_invite', { params: { id } }));
      print(options, { id, isCancelled: true }, 'The invite is cancelled; its code lets nobody in.\n');
      finish(0);
    });

  command('revoke', "End a member's access at its next request.")
    .argument('<id>', 'id of the member, see "cuecard members list"')
    .option('--wipe', "the member's devices also delete what they hold of the team")
    .action(async (id: string, options: HubOptions & { wipe?: boolean }) => {
      const member = await withHub(options, process.env, (hub) =>
        hub.request('members.revoke', { params: { id }, body: { wipe: options.wipe === true } }),
      );
      print(options, member, `${printable(member.name)} is ${member.state}.\n`);
      finish(0);
    });
}
