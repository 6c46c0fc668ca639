import type { Conversation, ConversationMessage } from '../../shared/domain/conversation.js';
import { TEST_NOW } from '../shop/demo-shop-for-tests.js';

/** Personal data in one language, in every place a model reads of: what is said, knowledge, facts of tools, who answers. */
export interface Seeded {
  readonly language: string;
  readonly customer: { readonly name: string; readonly email: string };
  readonly orderId: string;
  /** Oldest first; customer and rep in turn, the newest is the customer's. */
  readonly turns: readonly string[];
  /** An article with a person in it. */
  readonly article: { readonly title: string; readonly text: string };
  /** The last scan of the parcel. */
  readonly scan: string;
  /** Everything of the above that must not leave. */
  readonly values: readonly string[];
}

export const SEEDED: readonly Seeded[] = [
  {
    language: 'en',
    customer: { name: 'Rosalind Achterberg', email: 'rosalind.achterberg@example.com' },
    orderId: 'HP-660101',
    turns: [
      'Hi, I moved to 48 Thornbury Crescent, Leeds LS6 2AB. My number is +44 20 7946 0821.',
      'Thanks Rosalind, I noted it.\n\nKind regards,\nTobias Lindqvist',
      'It is about HP-660101. Can I send the lamp back, and what happens to my card 4111 1111 1111 1111? Tobias Lindqvist said my husband Callum Achterberg may sign. IBAN GB63 NWBK 3398 0821 8992 85.',
    ],
    article: {
      title: 'Lamps of the Thornbury series',
      text: 'You can send a Thornbury lamp back within 30 days of delivery. Questions go to our colleague Mr Bartholomew Grieve, bartholomew.grieve@example.org, +44 20 7946 0377.',
    },
    scan: 'Left with the neighbour, Mrs Eleanor Hargreave, 50 Thornbury Crescent, Leeds LS6 2AB',
    values: [
      'Rosalind',
      'Achterberg',
      'rosalind.achterberg@example.com',
      '660101',
      '48 Thornbury Crescent',
      '7946 0821',
      'Lindqvist',
      '4111 1111 1111 1111',
      'Callum',
      'NWBK 3398',
      'Bartholomew',
      'Grieve',
      '7946 0377',
      'Hargreave',
      '50 Thornbury Crescent',
    ],
  },
  {
    language: 'de',
    customer: { name: 'Friederike Obermeier', email: 'f.obermeier@example.org' },
    orderId: 'HP-660102',
    turns: [
      'Hallo, ich bin umgezogen: Ahornweg 17, 80331 München. Telefon 0151 23456789.',
      'Danke, das habe ich notiert.\n\nMit freundlichen Grüßen\nKatharina Dornbusch',
      'Es geht um HP-660102. Kann ich die Lampe zurückschicken? Und was passiert mit meinem Konto DE89 3704 0044 0532 0130 00? Frau Katharina Dornbusch sagte, mein Mann Hartmut Obermeier darf unterschreiben.',
    ],
    article: {
      title: 'Lampen der Serie Ahorn',
      text: 'Sie können eine Lampe der Serie Ahorn innerhalb von 30 Tagen nach der Lieferung zurückschicken. Fragen gehen an unseren Kollegen Herrn Wolfgang Przybilski, wolfgang.przybilski@example.org, 0151 98765432.',
    },
    scan: 'Abgegeben bei Frau Gerlinde Hauptmeyer, Ahornweg 19, 80331 München',
    values: [
      'Friederike',
      'Obermeier',
      'f.obermeier@example.org',
      '660102',
      'Ahornweg 17',
      '23456789',
      'Dornbusch',
      '3704 0044',
      'Hartmut',
      'Przybilski',
      '98765432',
      'Hauptmeyer',
      'Ahornweg 19',
    ],
  },
  {
    language: 'es',
    customer: { name: 'Inmaculada Berruezo', email: 'inma.berruezo@example.com' },
    orderId: 'HP-660103',
    turns: [
      'Hola, me he mudado a la calle Almendralejo 23, 41019 Sevilla. Mi teléfono es +34 612 345 678.',
      'Gracias, lo he anotado.\n\nUn saludo,\nGonzalo Echeverría',
      'Es por el pedido HP-660103. ¿Puedo devolver la lámpara? ¿Y qué pasa con mi DNI 12345678Z? El señor Gonzalo Echeverría me dijo que mi marido Anselmo Berruezo puede firmar.',
    ],
    article: {
      title: 'Lámparas de la serie Almendro',
      text: 'Puede devolver una lámpara de la serie Almendro dentro de los 30 días siguientes a la entrega. Las preguntas van a nuestro compañero, el señor Evaristo Montalbán, evaristo.montalban@example.org, +34 698 765 432.',
    },
    scan: 'Entregado a la señora Remedios Villalobos, calle Almendralejo 25, 41019 Sevilla',
    values: [
      'Inmaculada',
      'Berruezo',
      'inma.berruezo@example.com',
      '660103',
      'Almendralejo 23',
      '612 345 678',
      'Echeverría',
      '12345678Z',
      'Anselmo',
      'Evaristo',
      'Montalbán',
      '698 765 432',
      'Villalobos',
      'Almendralejo 25',
    ],
  },
  {
    language: 'fr',
    customer: { name: 'Apolline Desrosiers', email: 'apolline.desrosiers@example.com' },
    orderId: 'HP-660104',
    turns: [
      "Bonjour, j'ai déménagé au 12 rue des Églantiers, 69003 Lyon. Mon numéro est le 06 12 34 56 78.",
      'Merci, je l’ai noté.\n\nCordialement,\nThibault Kerdraon',
      "C'est pour la commande HP-660104. Puis-je renvoyer la lampe ? Et que devient mon compte FR14 2004 1010 0505 0001 3M02 606 ? Monsieur Thibault Kerdraon m'a dit que mon mari Barnabé Desrosiers peut signer.",
    ],
    article: {
      title: 'Lampes de la série Églantier',
      text: 'Vous pouvez renvoyer une lampe de la série Églantier dans les 30 jours suivant la livraison. Les questions vont à notre collègue Monsieur Philibert Castaing, philibert.castaing@example.org, 06 98 76 54 32.',
    },
    scan: 'Remis à Madame Solange Pommeraye, 14 rue des Églantiers, 69003 Lyon',
    values: [
      'Apolline',
      'Desrosiers',
      'apolline.desrosiers@example.com',
      '660104',
      '12 rue des Églantiers',
      '06 12 34 56 78',
      'Kerdraon',
      '2004 1010',
      'Barnabé',
      'Philibert',
      'Castaing',
      '06 98 76 54 32',
      'Pommeraye',
      '14 rue des Églantiers',
    ],
  },
  {
    language: 'nl',
    customer: { name: 'Wilhelmina Terpstra', email: 'w.terpstra@example.com' },
    orderId: 'HP-660105',
    turns: [
      'Hallo, ik ben verhuisd naar Kastanjelaan 31, 3583 AB Utrecht. Mijn nummer is 06 12345678.',
      'Dank je, ik heb het genoteerd.\n\nMet vriendelijke groet,\nSjoerd Hoekstra',
      'Het gaat om HP-660105. Kan ik de lamp terugsturen? En wat gebeurt er met mijn rekening NL91 ABNA 0417 1643 00? Meneer Sjoerd Hoekstra zei dat mijn man Diederik Terpstra mag tekenen.',
    ],
    article: {
      title: 'Lampen uit de serie Kastanje',
      text: 'Je kunt een lamp uit de serie Kastanje binnen 30 dagen na de levering terugsturen. Vragen gaan naar onze collega meneer Lambertus Wiersma, lambertus.wiersma@example.org, 06 98765432.',
    },
    scan: 'Afgegeven bij mevrouw Geertruida Zijlstra, Kastanjelaan 33, 3583 AB Utrecht',
    values: [
      'Wilhelmina',
      'Terpstra',
      'w.terpstra@example.com',
      '660105',
      'Kastanjelaan 31',
      '06 12345678',
      'Hoekstra',
      'ABNA 0417',
      'Diederik',
      'Lambertus',
      'Wiersma',
      '06 98765432',
      'Zijlstra',
      'Kastanjelaan 33',
    ],
  },
];

export function seededConversation({ language, customer, turns }: Seeded, more: string[] = []): Conversation {
  const conversationId = `seeded-${language}`;
  const sentAt = TEST_NOW.toISOString();
  const texts = [...turns, ...more];
  const messages = texts.map((text, at): ConversationMessage => ({
    ...{ id: `m${String(at)}`, conversationId, text, sentAt },
    author: at % 2 === 0 ? 'customer' : 'rep',
  }));
  return {
    ...{ id: conversationId, subject: turns[2] ?? '', channel: 'email', status: 'open' },
    ...{ customer, messages, updatedAt: sentAt },
  };
}
