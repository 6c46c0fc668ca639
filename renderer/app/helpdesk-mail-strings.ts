import type { HelpdeskKindText } from './helpdesk-kind-text.js';

const folder = (use: string) => `The folder for ${use}. Empty: found by itself.`;

/** What the form says about a mailbox. */
export const mailStrings: HelpdeskKindText = {
  label: 'Mailbox',
  addressExample: 'imaps://imap.example.com',
  addressHint:
    'imaps:// and the name of the mail server. Or the path of an mbox file, a Maildir, or a folder of mbox files on this computer: those are only read.',
  addressProblem:
    'Enter imaps:// and the name of the mail server, without a name or password in it, or the whole path of a folder.',
  options: [
    {
      key: 'user',
      label: 'User name',
      hint: 'Usually the address of the mailbox. Not needed for a folder of this computer.',
      required: 'Enter the user name of the mailbox.',
    },
    {
      key: 'team',
      label: 'Addresses of your team',
      hint: 'Such as help@example.com, @example.com. Mail from them is the team’s; all other mail is a customer’s.',
    },
    {
      key: 'from',
      label: 'Replies are from',
      hint: 'The address drafts are from. Empty: the user name.',
      form: { pattern: /^[^\s@<>]+@[^\s@<>]+$/, problem: 'That is no email address.' },
    },
    { key: 'mailbox', label: 'Mailbox', hint: folder('mail that comes in') },
    { key: 'sent', label: 'Sent mail', hint: folder('what your team sent') },
    { key: 'drafts', label: 'Drafts', hint: folder('drafts') },
    {
      key: 'days',
      label: 'Days back',
      hint: 'How far back mail is looked at. Empty: 90.',
      form: { pattern: /^[1-9]\d{0,3}$/, problem: 'Days are a number, such as 90.' },
    },
  ],
  tokenLabel: 'Password',
  steps: [
    'Make an app password: most providers refuse the normal one where a second factor is on.',
    'Google: “Manage your Google Account”, “Security”, “2-Step Verification”, “App passwords”. Others have the like under security.',
    'Microsoft 365 and Outlook.com take no password for IMAP: connect the folder in which a mail program keeps that mailbox on this computer.',
    'The mailbox must allow IMAP. A folder of this computer needs no password: leave it empty.',
  ],
  rights: [
    { name: 'Read the mailbox and its folder of sent mail', why: 'to list and read conversations' },
    {
      name: 'Write into the folder for drafts',
      why: 'to put a reply there as a draft; nothing is ever sent',
    },
  ],
};
