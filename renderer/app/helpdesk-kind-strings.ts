import type { HelpdeskKind } from '../../shared/domain/helpdesk.js';
import type { HelpdeskKindText } from './helpdesk-kind-text.js';
import { mailStrings } from './helpdesk-mail-strings.js';
import { webhookStrings } from './helpdesk-webhook-strings.js';

const number = (problem: string) => ({ pattern: /^\d{1,16}$/, problem });
const email = { pattern: /^[^\s@:/]+@[^\s@:/]+$/, problem: 'That is no email address.' };
const assignee = {
  key: 'assignee',
  label: 'Conversations',
  hint: 'Which ones come into the inbox.',
  choices: [
    { value: '', label: 'All you may see' },
    { value: 'me', label: 'Only those assigned to you' },
  ],
} as const;

/** What to click, and which rights, for each kind; the longer way is in docs/connect. */
export const helpdeskKinds: Readonly<Record<HelpdeskKind, HelpdeskKindText>> = {
  request_tracker: {
    label: 'Request Tracker',
    addressExample: 'https://rt.example.com',
    addressHint: 'As in the browser, up to where /Ticket/ begins.',
    options: [
      {
        key: 'queue',
        label: 'Queue',
        hint: 'The name of one queue, such as Orders. Empty: all queues you may see.',
      },
    ],
    tokenLabel: 'Authentication token',
    steps: [
      'In Request Tracker open “Logged in as …” at the top right, then “Settings” and “Auth Tokens”.',
      'Create a token: enter your password, and Cuecard as its description.',
      'Copy the token. It is shown this once.',
    ],
    rights: [
      { name: 'ManageAuthTokens, ModifySelf', why: 'to make the token yourself' },
      { name: 'SeeQueue', why: 'to list the queue' },
      { name: 'ShowTicket', why: 'to read what customers write' },
      { name: 'ShowTicketComments', why: 'to read internal notes' },
      { name: 'CommentOnTicket', why: 'to add an internal note' },
      { name: 'SeeCustomField', why: 'to show your own fields' },
    ],
  },
  chatwoot: {
    label: 'Chatwoot',
    addressExample: 'https://app.chatwoot.com',
    addressHint: 'As in the browser, up to where /app/ begins.',
    options: [
      {
        key: 'account',
        label: 'Account',
        hint: 'The number after /accounts/ in the address of any conversation.',
        required: 'Enter the number of the account.',
        form: number('An account is a number: the one after /accounts/ in the address.'),
      },
      {
        key: 'inbox',
        label: 'Inbox',
        hint: 'The number after /inbox/ to keep to one inbox. Empty: all you may see.',
        form: number('An inbox is a number: the one after /inbox/ in the address.'),
      },
      assignee,
    ],
    tokenLabel: 'Access token',
    steps: [
      'In Chatwoot click your picture at the bottom left, then “Profile settings”.',
      'Copy the “Access token” at the end of the page. It is yours alone.',
    ],
    rights: [
      { name: 'Agent', why: 'to list and read conversations and hear of new messages' },
      { name: 'Member of the inbox', why: 'to open its conversations and add private notes' },
    ],
  },
  intercom: {
    label: 'Intercom',
    addressExample: 'https://api.intercom.io',
    addressHint: 'The interface of your region: api.intercom.io, api.eu.intercom.io or api.au.intercom.io.',
    addressProblem: 'Enter the interface of your region, such as https://api.intercom.io.',
    options: [
      {
        key: 'app',
        label: 'Workspace id',
        hint: 'The word after /inbox/ in the address of any conversation. Empty: no links to conversations.',
      },
      assignee,
    ],
    tokenLabel: 'Access token',
    steps: [
      'In Intercom open “Settings”, “Integrations”, “Developer Hub” and make a “New app” for your own workspace.',
      'Under “Configure”, “Authentication” keep the permissions below, take away the others and save.',
      'Copy the “Access token” there. Notes are written in the name of its owner.',
    ],
    rights: [
      { name: 'Read conversations', why: 'to list and read them' },
      { name: 'Write conversations', why: 'to add notes; leave it out to only read' },
      { name: 'Read one user and one company', why: 'to name the customer where a colleague began' },
      { name: 'Read one admin', why: 'to say whose token it is' },
    ],
  },
  zendesk: {
    label: 'Zendesk',
    addressExample: 'https://example.zendesk.com',
    addressHint: 'As in the browser, up to where /agent/ begins.',
    options: [
      {
        key: 'email',
        label: 'Your email',
        hint: 'The one you sign in to Zendesk with. What Cuecard writes is written in your name.',
        required: 'Enter the email you sign in to Zendesk with.',
        form: email,
      },
      assignee,
    ],
    tokenLabel: 'API token',
    steps: [
      'An administrator opens “Admin Center”, “Apps and integrations”, “APIs”, “API tokens” (or “Zendesk API”) and allows token access.',
      '“Add API token”, with Cuecard as its description.',
      'Copy the token. It is shown this once.',
    ],
    rights: [
      { name: 'Agent', why: 'to list and read tickets and name customers; no light agent if it shall reply' },
      { name: 'Access to the tickets’ group', why: 'to see them at all, where your role is restricted' },
      { name: 'Add internal notes', why: 'to add a note; leave it out to only read' },
    ],
  },
  freshdesk: {
    label: 'Freshdesk',
    addressExample: 'https://example.freshdesk.com',
    addressHint: 'As in the browser, up to where /a/ begins.',
    options: [assignee],
    tokenLabel: 'API key',
    steps: [
      'In Freshdesk click your picture at the top right, then “Profile settings”.',
      'Click “View API key” at the right and prove that you are no robot.',
      'Copy the key. It is yours alone: what Cuecard writes is written in your name.',
    ],
    rights: [
      { name: 'Support agent', why: 'to list and read tickets; a scope of groups shows only theirs' },
      { name: 'View tickets', why: 'to read what customers write' },
      { name: 'Add notes', why: 'to add a private note; leave it out to only read' },
      { name: 'View agents', why: 'to say which colleague wrote; without it they stay unnamed' },
    ],
  },
  hubspot: {
    label: 'HubSpot',
    addressExample: 'https://api.hubapi.com',
    addressHint: 'The interface of HubSpot, the same for all accounts.',
    addressProblem: 'Enter the interface of HubSpot: https://api.hubapi.com.',
    options: [
      {
        key: 'email',
        label: 'Your email',
        hint: 'The one you sign in to HubSpot with: the token is the account’s and does not say who you are.',
        required: 'Enter the email you sign in to HubSpot with.',
        form: email,
      },
      {
        key: 'portal',
        label: 'Hub ID',
        hint: 'The number after /contacts/ in the address of any record. Empty: no links to tickets.',
        form: number('A Hub ID is a number: the one after /contacts/ in the address.'),
      },
      assignee,
    ],
    tokenLabel: 'Access token',
    steps: [
      'A super admin opens “Settings”, “Integrations”, “Private Apps” and makes one with the scopes below.',
      'Under “Auth” they copy its “Access token”.',
      'Internal comments are written in the name of that app; call it Cuecard.',
    ],
    rights: [
      { name: 'tickets', why: 'to list and read tickets' },
      { name: 'conversations.read', why: 'to read what customers write' },
      { name: 'conversations.write', why: 'to add an internal comment; leave it out to only read' },
      { name: 'crm.objects.contacts.read', why: 'to name the customer' },
      { name: 'crm.objects.owners.read', why: 'to find you and name colleagues' },
      { name: 'files', why: 'to open files customers send; without it only public ones' },
    ],
  },
  salesforce: {
    label: 'Salesforce',
    addressExample: 'https://example.my.salesforce.com',
    addressHint: 'My Domain of your account, ending in my.salesforce.com.',
    options: [
      {
        key: 'clientId',
        label: 'Consumer key',
        hint: 'Of the connected app. Empty: the field below holds an access token, which runs out within hours.',
      },
      {
        key: 'email',
        label: 'Your email',
        hint: 'The one of your Salesforce user; needed to list only what is assigned to you.',
        form: email,
      },
      assignee,
    ],
    tokenLabel: 'Consumer secret or access token',
    steps: [
      'An administrator makes a connected app (“Setup”, “App Manager”) with OAuth, the client credentials flow and the scopes below.',
      'Under “Manage”, “Edit policies” they choose the user it runs as. What Cuecard writes is written in this name.',
      'Under “Manage consumer details” they copy the key and the secret.',
    ],
    rights: [
      { name: 'Scope api', why: 'to use the interface at all' },
      { name: 'Scope openid', why: 'to say whose token it is; leave it out to not know' },
      { name: 'Read on cases, contacts and mails', why: 'to list and read cases and name customers' },
      { name: 'Edit on cases', why: 'to add a comment or a draft; leave it out to only read' },
    ],
  },
  mail: mailStrings,
  webhook: webhookStrings,
};
