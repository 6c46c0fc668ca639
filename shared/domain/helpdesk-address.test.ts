import { expect, it } from 'vitest';

import { helpdeskAddressOf } from './helpdesk-address.js';

// Catches a token that goes out in plain, to another host than the one shown, or with a password in the address.
it.each([
  ['https://RT.example.com/desk/?a=1#b', 'https://rt.example.com/desk'],
  [' https://rt.example.com:443/ ', 'https://rt.example.com'],
  ['https://rt.example.com:8443', 'https://rt.example.com:8443'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['http://[::1]:8080/x', 'http://[::1]:8080/x'],
  ['http://rt.example.com', null],
  ['https://me:secret@rt.example.com', null],
  ['https://rt.example.com\\@evil.example', null],
  ['https://', null],
  ['https://:443', null],
  ['https://rt.example.com:65536', null],
  ['rt.example.com', null],
  ['javascript:alert(1)', null],
  ['imaps://imap.example.com', null],
  ['/home/rhea', null],
])('reads the address %s of a helpdesk', (entered, baseUrl) => {
  const address = helpdeskAddressOf('zendesk', entered);
  expect(address?.baseUrl ?? null).toBe(baseUrl);
});

it.each([
  ['imaps://IMAP.example.com:993/', 'imaps://imap.example.com', true],
  ['imap://127.0.0.1:4143', 'imap://127.0.0.1:4143', true],
  ['imaps://me@imap.example.com', null, true],
  ['https://imap.example.com', null, true],
  ['/home/rhea/My Mail/', 'file:///home/rhea/My%20Mail', false],
  ['C:\\Users\\rhea\\Mail', 'file:///C:/Users/rhea/Mail', false],
  ['file:///home/rhea/Mail', 'file:///home/rhea/Mail', false],
  ['file://server/share', null, false],
  ['\\\\server\\share', null, false],
  ['/', null, false],
  ['Mail', null, false],
])('reads the address %s of a mailbox', (entered, baseUrl, needsToken) => {
  expect(helpdeskAddressOf('mail', entered)).toEqual(baseUrl === null ? null : { baseUrl, needsToken });
});

// Catches a rep who copies the address of the page they are on and is told that the helpdesk does not answer.
it.each([
  ['request_tracker', 'https://rt.example.com/Ticket/Display.html?id=42', 'https://rt.example.com'],
  ['request_tracker', 'https://example.com/rt/Ticket/Display.html?id=42', 'https://example.com/rt'],
  ['request_tracker', 'https://example.com/Tickets', 'https://example.com/Tickets'],
  ['chatwoot', 'https://app.chatwoot.com/app/accounts/1/inbox/2', 'https://app.chatwoot.com'],
  ['zendesk', 'https://example.zendesk.com/agent/tickets/7', 'https://example.zendesk.com'],
  ['freshdesk', 'https://example.freshdesk.com/a/tickets/7', 'https://example.freshdesk.com'],
  ['webhook', 'https://desk.example.com/app/x', 'https://desk.example.com/app/x'],
] as const)('takes the page off the address of a %s: %s', (kind, entered, baseUrl) => {
  expect(helpdeskAddressOf(kind, entered)?.baseUrl).toBe(baseUrl);
});
