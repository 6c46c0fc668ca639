import type { BusinessKind } from '../../shared/domain/business-system.js';

/** One more field of a kind's form. */
export interface BusinessOptionText {
  readonly key: string;
  readonly label: string;
  readonly hint?: string;
  /** What to say when it is empty; null where it may be. */
  readonly required: string | null;
  /** Several lines: the text of a file. */
  readonly isLong?: boolean;
}

/** Everything the form says about one kind of business system; the form itself knows none. */
export interface BusinessKindText {
  readonly label: string;
  readonly addressExample: string;
  readonly addressHint: string;
  /** Filled in for a service that has one address for everybody. */
  readonly address?: string;
  readonly options: readonly BusinessOptionText[];
  readonly secretLabel: string;
  /** True where a system may be open to everybody who reaches it. */
  readonly isSecretOptional?: boolean;
  readonly steps: readonly string[];
  readonly rights: readonly { readonly name: string; readonly why: string }[];
}

/** What the form says about each kind of business system. */
export const businessKinds: Readonly<Record<BusinessKind, BusinessKindText>> = {
  vendure: {
    label: 'Vendure',
    addressExample: 'https://shop.example.com',
    addressHint: 'Where the Admin API answers, up to /admin-api.',
    options: [
      { key: 'user', label: 'Administrator', required: 'Enter the name the administrator signs in with.' },
    ],
    secretLabel: 'Password',
    steps: [
      'In Vendure open “Settings”, “Roles”, and create a role for support with the rights below.',
      'Under “Administrators” create one for Cuecard with this role only.',
    ],
    rights: [
      { name: 'ReadOrder', why: 'to look orders, parcels and payments up' },
      { name: 'ReadCustomer', why: 'to find the customer by address' },
      {
        name: 'UpdateOrder',
        why: 'to refund, cancel and change addresses after your approval; leave it out to only look',
      },
    ],
  },
  shopify: {
    label: 'Shopify',
    addressExample: 'https://your-shop.myshopify.com',
    addressHint: 'The myshopify.com address of the shop, not that of its store front.',
    options: [],
    secretLabel: 'Admin API access token',
    steps: [
      'Make a custom app for Cuecard in your Shopify admin, with the scopes below, and install it.',
      'Copy its Admin API access token here: Shopify shows it once.',
    ],
    rights: [
      { name: 'read_orders', why: 'to look orders, parcels and payments up' },
      { name: 'read_all_orders', why: 'for orders of more than 60 days ago' },
      { name: 'read_customers', why: 'to find the customer by address' },
      {
        name: 'write_orders',
        why: 'to refund, cancel and change addresses after your approval; leave it out to only look',
      },
    ],
  },
  salesforce: {
    label: 'Salesforce (contacts)',
    addressExample: 'https://example.my.salesforce.com',
    addressHint: 'Your My Domain address.',
    options: [
      { key: 'clientId', label: 'Consumer key', required: 'Enter the consumer key.' },
      {
        ...{ key: 'tier', label: 'Field of the tier', required: null },
        hint: 'Its API name, such as Account.Tier__c. Leave it empty if you have none.',
      },
    ],
    secretLabel: 'Consumer secret',
    steps: [
      'In Salesforce Setup make an external client app, enable OAuth with the scope “api” and the client credentials flow.',
      'Let it run as a user who has the rights below and no more, and copy its consumer key and secret.',
    ],
    rights: [
      { name: 'Contact, Account: read', why: 'to find the customer by address' },
      { name: 'Case, Opportunity: read', why: 'to count what is open' },
      { name: 'Task: create', why: 'to add a note after your approval; leave it out to only look' },
    ],
  },
  hubspot: {
    label: 'HubSpot (contacts)',
    addressExample: 'https://api.hubapi.com',
    addressHint: 'The same for every account.',
    address: 'https://api.hubapi.com',
    options: [
      {
        ...{ key: 'tier', label: 'Property of the tier', required: null },
        hint: 'Its internal name. Leave it empty if you have none.',
      },
    ],
    secretLabel: 'Access token',
    steps: [
      'In HubSpot make a private app for Cuecard with the scopes below.',
      'Copy its access token here.',
    ],
    rights: [
      { name: 'crm.objects.contacts.read', why: 'to find the customer by address' },
      { name: 'crm.objects.owners.read', why: 'to say who looks after them' },
      { name: 'crm.objects.deals.read, tickets', why: 'to count what is open' },
      {
        name: 'crm.objects.contacts.write',
        why: 'to add a note after your approval; leave it out to only look',
      },
    ],
  },
  stripe: {
    label: 'Stripe',
    addressExample: 'https://api.stripe.com',
    addressHint: 'The same for every account.',
    address: 'https://api.stripe.com',
    options: [],
    secretLabel: 'Restricted key',
    steps: [
      'In the Stripe Dashboard open “Developers”, “API keys”, and create a restricted key with the rights below.',
      'Copy it here: Stripe shows it once.',
    ],
    rights: [
      { name: 'Customers: read', why: 'to find the customer by the address they write from' },
      {
        name: 'Charges and refunds: write',
        why: 'to look payments up and, after your approval, refund; “read” only looks',
      },
      { name: 'PaymentIntents: read', why: 'to find a payment by its pi_… number' },
      { name: 'Subscriptions, Products: read', why: 'to look a subscription and its plan up' },
    ],
  },
  sql: {
    label: 'SQL database (Postgres)',
    addressExample: 'postgres://db.example.com:5432/shop',
    addressHint:
      'postgres://host:5432/database, without user and password. It must offer TLS unless it runs on this computer.',
    options: [
      { key: 'user', label: 'Role', required: 'Enter the name of the role.' },
      {
        ...{ key: 'queries', label: 'Queries (YAML)', isLong: true },
        hint: 'What may be looked up, written by whoever runs the database. docs/connect/sql.md has an example.',
        required: 'Enter the queries.',
      },
      {
        ...{ key: 'authority', label: 'Certificate authority (PEM)', isLong: true, required: null },
        hint: 'Only where the certificate of the database is signed by your own company.',
      },
    ],
    secretLabel: 'Password',
    steps: [
      'Make a role that may only read: CREATE ROLE cuecard LOGIN PASSWORD …; ALTER ROLE cuecard SET default_transaction_read_only = on.',
      'Give it SELECT on the tables or views of the queries, and nothing else.',
      'Write the queries; each says how it is known whose a row is.',
    ],
    rights: [
      { name: 'CONNECT', why: 'to sign in to the database' },
      { name: 'SELECT', why: 'on what the queries read; nothing is ever written' },
    ],
  },
  openapi: {
    label: 'REST service (OpenAPI)',
    addressExample: 'https://api.example.com/v1',
    addressHint: 'What the paths of the description are put after. Nothing is asked elsewhere.',
    options: [
      {
        ...{ key: 'description', label: 'Description (OpenAPI 3, YAML or JSON)', isLong: true },
        required: 'Enter the description.',
      },
      {
        ...{ key: 'operations', label: 'Operations (YAML)', isLong: true },
        hint: 'What of it is used, and how it is known whose a record is. docs/connect/openapi.md has an example.',
        required: 'Enter the operations.',
      },
      {
        key: 'user',
        label: 'User',
        hint: 'Only where the service wants a user with the secret.',
        required: null,
      },
    ],
    secretLabel: 'Token, key or password',
    isSecretOptional: true,
    steps: [
      'Make a token for Cuecard in the service, with no more rights than the operations need.',
      'Enter the description, shortened to what is used where it is long.',
      'Choose the operations. Those that change something wait for your approval each time.',
    ],
    rights: [{ name: 'reading', why: 'for the look-ups; writing only where an operation changes something' }],
  },
  mcp: {
    label: 'Tool server (MCP)',
    addressExample: 'https://tools.example.com/mcp',
    addressHint: 'Where the server answers; or team:name for a program your team lists under “Tool servers”.',
    options: [
      {
        ...{ key: 'arguments', label: 'What fills the arguments (YAML)', isLong: true, required: null },
        hint: 'By tool and argument. Empty: a model takes them from the customer’s words, you enter those of changes. docs/connect/mcp.md has an example.',
      },
    ],
    secretLabel: 'Token',
    isSecretOptional: true,
    steps: [
      'Make a token for Cuecard in the server, if it wants one, with no more rights than needed.',
      'Test the connection: it lists what the server offers. A tool that does not say that it only reads waits for your approval each time.',
      'Save. The tools are kept as they are now; one that is described differently later is not called.',
    ],
    rights: [
      {
        name: 'its tools',
        why: 'whatever the token may do there, the tools can: Cuecard cannot check whose a record is',
      },
    ],
  },
};
