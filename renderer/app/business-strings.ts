import type { BusinessView } from '../../shared/contracts/ipc/business.js';
import { businessKinds } from './business-kind-strings.js';

/** Every word about connected business systems; a part of `strings`. */
export const businessStrings = {
  business: {
    title: 'Business systems',
    open: 'Business systems',
    kinds: businessKinds,
    source: {
      demo: 'Orders come from the demo shop. Connect your own, and look-ups and changes go there.',
      none: 'No business system is connected: nothing is looked up, and nothing can be changed.',
    } satisfies Record<Exclude<BusinessView['source'], 'system'>, string>,
    shop: (name: string) => `Orders are looked up in ${name}.`,
    list: 'Connected business systems',
    add: 'Connect a business system',
    change: (name: string) => `Change ${name}`,
    changeShort: 'Change',
    remove: (name: string) => `Remove ${name}`,
    removeShort: 'Remove',
    noSecret: 'Its secret is gone, since this system keeps none. Enter it again with “Change”.',
    back: 'Back to the list',
    kind: 'System',
    address: 'Address',
    name: 'Name',
    howTo: 'Before you connect',
    rights: 'Rights it needs',
    kept: 'One is kept. Leave this empty to go on with it.',
    keptStored: 'Kept in this system’s keychain. It goes to this address only.',
    keptThisRun: 'This system has no keychain: it is kept for this run only. It goes to this address only.',
    test: 'Test connection',
    testing: 'Testing…',
    save: 'Save',
    works: 'It works.',
    saved: (name: string) => `${name} is connected.`,
    removed: (name: string) => `${name} is removed.`,
    question: {
      title: (name: string) => `Remove ${name}?`,
      what: 'Its secret is deleted here. Changes that were made stay made, and their record stays.',
      yes: 'Remove it',
      no: 'Keep it',
    },
    problem: {
      address: (example: string) => `Enter the address, like ${example}.`,
      secret: 'Enter the password, key or token.',
      name: 'Enter a name.',
    },
  },
};
