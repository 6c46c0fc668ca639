import type { KnowledgeBase, Passage } from '../knowledge/knowledge-base.js';
import type { ShopBackend, ShopOrder } from '../agents/tools/shop-backend.js';
import type { InjectionRow } from './injection-set.js';

/** The knowledge with a text planted at the end of whatever passage and article a search finds: the author of one article is the attacker. */
export function plantedKnowledge(knowledge: KnowledgeBase, text: string): KnowledgeBase {
  const planted = `\n\n${text}\n`;
  const places = new Map<string, number>();
  const inPassage = (passage: Passage): Passage => {
    if (!places.has(passage.articleId)) places.set(passage.articleId, passage.span.end);
    if (places.get(passage.articleId) !== passage.span.end) return passage;
    const span = { start: passage.span.start, end: passage.span.end + planted.length };
    return { ...passage, text: `${passage.text}${planted}`, span };
  };
  return {
    ...knowledge,
    async search(request, signal) {
      const found = await knowledge.search(request, signal);
      return { ...found, passages: found.passages.map(inPassage) };
    },
    async article(id) {
      const article = await knowledge.article(id);
      const at = places.get(id);
      if (!article || at === undefined) return article;
      return { ...article, markdown: article.markdown.slice(0, at) + planted + article.markdown.slice(at) };
    },
  };
}

/** The shop with a text in one field of every order: whoever fills that field is the attacker. */
export function plantedShop(shop: ShopBackend, field: InjectionRow['field'], text: string): ShopBackend {
  const plant = (order: ShopOrder): ShopOrder => {
    switch (field) {
      case 'item':
        return { ...order, items: order.items.map((item) => ({ ...item, name: text })) };
      case 'payment':
        return { ...order, paymentMethod: text };
      case 'shipping':
        return { ...order, shippingMethod: text };
      case 'scan':
        return {
          ...order,
          shipments: order.shipments.map((shipment) => ({
            ...shipment,
            scans: shipment.scans.map((scan) => ({ ...scan, text, location: text })),
          })),
        };
    }
  };
  return {
    findCustomerByEmail: (email, signal) => shop.findCustomerByEmail(email, signal),
    async findOrder(orderId, signal) {
      const order = await shop.findOrder(orderId, signal);
      return order && plant(order);
    },
    ordersOf: async (customerId, limit, signal) =>
      (await shop.ordersOf(customerId, limit, signal)).map(plant),
  };
}
