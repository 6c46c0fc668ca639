/** The orders of the seed: two of a customer who writes, one of somebody else. */
export const seedOrders = [
  {
    code: 'HP-204233',
    customer: { firstName: 'Femke', lastName: 'de Vries', emailAddress: 'femke.devries@example.com' },
    lines: [
      ['duvet', 1],
      ['mugs', 2],
    ],
    tracking: 'PW4410177700NL',
  },
  {
    code: 'HP-204240',
    customer: { firstName: 'Femke', lastName: 'de Vries', emailAddress: 'femke.devries@example.com' },
    lines: [['lamp', 1]],
  },
  {
    code: 'HP-204251',
    customer: { firstName: 'Thijs', lastName: 'Bakker', emailAddress: 'thijs.bakker@example.com' },
    lines: [['mugs', 1]],
  },
];

const products = {
  duvet: ['Linen Duvet Cover Sand 140x200', 12_900],
  mugs: ['Fog Stoneware Mugs (set of 4)', 3_950],
  lamp: ['Mast Floor Lamp Oak', 14_900],
};

/**
 * Fills an empty shop through its Admin API.
 *
 * @param {(query: string, variables?: object) => Promise<Record<string, any>>} ask
 */
export async function seedShop(ask) {
  /** @type {(query: string, variables?: object) => Promise<any>} */
  const one = async (query, variables) => Object.values(await ask(query, variables))[0];
  const en = (/** @type {object} */ fields) => [{ languageCode: 'en', ...fields }];
  const category = (await one('mutation{createTaxCategory(input:{name:"Standard"}){id}}')).id;
  const zone = (await one('mutation{createZone(input:{name:"Europe"}){id}}')).id;
  const country = await one('mutation($i:CreateCountryInput!){createCountry(input:$i){id}}', {
    i: { code: 'NL', enabled: true, translations: en({ name: 'Netherlands' }) },
  });
  await ask('mutation($z:ID!,$c:[ID!]!){addMembersToZone(zoneId:$z,memberIds:$c){id}}', {
    z: zone,
    c: [country.id],
  });
  const channel = (await one('{activeChannel{id}}')).id;
  await ask('mutation($i:UpdateChannelInput!){updateChannel(input:$i){__typename}}', {
    i: {
      ...{ id: channel, defaultTaxZoneId: zone, defaultShippingZoneId: zone, pricesIncludeTax: true },
      ...{ availableCurrencyCodes: ['EUR'], defaultCurrencyCode: 'EUR' },
    },
  });
  await ask('mutation($i:CreateTaxRateInput!){createTaxRate(input:$i){id}}', {
    i: { name: 'none', enabled: true, value: 0, categoryId: category, zoneId: zone },
  });
  await ask('mutation($i:CreateShippingMethodInput!){createShippingMethod(input:$i){id}}', {
    i: {
      ...{ code: 'standard', fulfillmentHandler: 'manual-fulfillment' },
      checker: {
        code: 'default-shipping-eligibility-checker',
        arguments: [{ name: 'orderMinimum', value: '0' }],
      },
      calculator: {
        code: 'default-shipping-calculator',
        arguments: [
          { name: 'rate', value: '495' },
          { name: 'includesTax', value: 'auto' },
          { name: 'taxRate', value: '0' },
        ],
      },
      translations: en({ name: 'standard delivery', description: '' }),
    },
  });
  await ask('mutation($i:CreatePaymentMethodInput!){createPaymentMethod(input:$i){id}}', {
    i: {
      ...{ code: 'ideal', enabled: true },
      handler: { code: 'dummy-payment-handler', arguments: [{ name: 'automaticSettle', value: 'true' }] },
      translations: en({ name: 'iDEAL', description: '' }),
    },
  });
  /** @type {Record<string, string>} */
  const variants = {};
  for (const [sku, [name, price]] of Object.entries(products)) {
    const product = await one('mutation($i:CreateProductInput!){createProduct(input:$i){id}}', {
      i: { enabled: true, translations: en({ name, slug: sku, description: '' }) },
    });
    const made = await one(
      'mutation($i:[CreateProductVariantInput!]!){createProductVariants(input:$i){id}}',
      {
        i: [
          {
            ...{ productId: product.id, sku, price, taxCategoryId: category, stockOnHand: 500 },
            translations: en({ name }),
          },
        ],
      },
    );
    variants[sku] = made[0].id;
  }
  /** @type {Map<string, string>} */
  const customers = new Map();
  for (const order of seedOrders) {
    const { emailAddress } = order.customer;
    const id =
      customers.get(emailAddress) ??
      (
        await one(
          'mutation($i:CreateCustomerInput!){createCustomer(input:$i){__typename ... on Customer{id}}}',
          { i: order.customer },
        )
      ).id;
    customers.set(emailAddress, id);
    await placeOrder(ask, one, { ...order, customerId: id, variants });
  }
}

/**
 * @param {(query: string, variables?: object) => Promise<Record<string, any>>} ask
 * @param {(query: string, variables?: object) => Promise<any>} one
 * @param {any} order
 */
async function placeOrder(ask, one, { code, customer, customerId, lines, tracking, variants }) {
  const o = (await one('mutation{createDraftOrder{id}}')).id;
  for (const [sku, n] of lines)
    await ask(
      'mutation($o:ID!,$v:ID!,$n:Int!){addItemToDraftOrder(orderId:$o,input:{productVariantId:$v,quantity:$n}){__typename}}',
      {
        ...{ o, n },
        v: variants[sku],
      },
    );
  await ask('mutation($o:ID!,$c:ID!){setCustomerForDraftOrder(orderId:$o,customerId:$c){__typename}}', {
    o,
    c: customerId,
  });
  await ask(
    'mutation($o:ID!,$i:CreateAddressInput!){setDraftOrderShippingAddress(orderId:$o,input:$i){id}}',
    {
      o,
      i: {
        ...{ fullName: `${customer.firstName} ${customer.lastName}`, streetLine1: 'Kade 12' },
        ...{ city: 'Amsterdam', postalCode: '1011 AB', countryCode: 'NL' },
      },
    },
  );
  const [method] = await one('query($o:ID!){eligibleShippingMethodsForDraftOrder(orderId:$o){id}}', { o });
  await ask(
    'mutation($o:ID!,$s:ID!){setDraftOrderShippingMethod(orderId:$o,shippingMethodId:$s){__typename}}',
    { o, s: method.id },
  );
  await ask('mutation($o:ID!){transitionOrderToState(id:$o,state:"ArrangingPayment"){__typename}}', { o });
  const paid = await one(
    'mutation($i:ManualPaymentInput!){addManualPaymentToOrder(input:$i){__typename ... on Order{code lines{id quantity}}}}',
    { i: { orderId: o, method: 'ideal', transactionId: `tx-${code}`, metadata: {} } },
  );
  if (paid.code !== code) throw new Error(`The seed wanted ${code} and got ${paid.code}.`);
  if (!tracking) return;
  const parcel = await one(
    'mutation($i:FulfillOrderInput!){addFulfillmentToOrder(input:$i){__typename ... on Fulfillment{id}}}',
    {
      i: {
        lines: paid.lines.map((/** @type {any} */ line) => ({
          orderLineId: line.id,
          quantity: line.quantity,
        })),
        handler: {
          code: 'manual-fulfillment',
          arguments: [
            { name: 'method', value: 'Postway' },
            { name: 'trackingCode', value: tracking },
          ],
        },
      },
    },
  );
  await ask('mutation($f:ID!){transitionFulfillmentToState(id:$f,state:"Shipped"){__typename}}', {
    f: parcel.id,
  });
}
