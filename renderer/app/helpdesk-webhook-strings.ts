import type { HelpdeskKindText } from './helpdesk-kind-text.js';

/** What the form says about a system that tells its conversations by events. */
export const webhookStrings: HelpdeskKindText = {
  label: 'Webhook',
  addressExample: 'https://desk.example.com',
  addressHint: 'Where the system’s own web app is. Pages and replies are known there alone.',
  options: [
    {
      key: 'port',
      label: 'Port of this computer',
      hint: 'Where events are taken, such as 4815. Only programs of this computer reach it.',
      required: 'Enter a port, such as 4815.',
      form: {
        pattern:
          /^(?:102[4-9]|10[3-9]\d|1[1-9]\d\d|[2-9]\d{3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])$/,
        problem: 'A port is a number from 1024 to 65535.',
      },
    },
    {
      key: 'replyUrl',
      label: 'Address for notes and replies',
      hint: 'At the address above, such as https://desk.example.com/cuecard. Empty: by the clipboard.',
      form: { pattern: /^https?:\/\/\S+$/, problem: 'Enter a whole address, with https://.' },
    },
  ],
  tokenLabel: 'Secret',
  steps: [
    'Make a secret of at least 20 letters and digits, such as a password manager makes. Enter it here and in your system.',
    'Let your system send each event with POST to http://127.0.0.1, the port and /events, with the secret as “Authorization: Bearer …”.',
    'The events and their fields are described in docs/connect/webhook.md. “Test connection” says whether the port is free and what came.',
  ],
  rights: [
    { name: 'conversation.started, utterance.added', why: 'to list conversations and show what is said' },
    { name: 'conversation.ended', why: 'to take them off the list' },
    { name: 'The address for replies', why: 'to add a note; leave it out to only read' },
  ],
};
