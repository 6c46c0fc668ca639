import {
  cat,
  ces,
  dan,
  deu,
  eng,
  fin,
  fra,
  hrv,
  hun,
  ind,
  ita,
  nld,
  nob,
  pol,
  por,
  ron,
  slk,
  spa,
  swa,
  swe,
  tur,
  vie,
} from 'stopword';

/**
 * Words that hold sentences together, and the everyday ones of a shop's mail, by language. Chosen by hand: n-grams of letters cannot tell
 * Norwegian from Danish in six words, "dere" and "jer" can.
 */
const chosen: Readonly<Record<string, string>> = {
  en: `the and you your i i'm im my is it it's its that this have has with for not but are can cant can't how what when where please pls would could from of to
    do does did don't dont still get got been which why there they we our me was were will be an if any by at on or so just no need want order money back ur r`,
  de: `der die das und ist ich sie mein meine meinen nicht noch mit für auf eine einen ein wie wo wann warum bitte habe hab hat haben wurde kann können könnten wird zu zur
    vom von den dem des es ihr ihre immer auch wieder schon seit leider bei keine kein mir mich uns möchte will bekomme geld paket bestellung falsche gibt danke um`,
  nl: `de het een en ik is mijn niet nog met voor op in van hoe waar wanneer waarom kan kunt u jullie heb heeft hebben al graag geen wordt er te naar bij dat dit die zijn
    was aan om maar ook wil krijg geld terug bestelling pakket pakketje helaas bedankt niemand steeds niks ons sinds`,
  fr: `le la les de des du un une et est je j'ai vous nous mon ma mes ne pas n'ai en au aux pour sur avec dans que qui quand où comment quel quels quelle pourquoi il elle
    ce c'est cette été suis avez pouvez toujours encore svp merci bonjour commande colis livraison ça me sera très bien impossible vos votre`,
  es: `el la los las de del un una y es yo mi mis no que en por para con se me lo le su al cuándo dónde cómo qué cuánto está están ha han he hay muy más pero quiero puedo
    pueden podrían favor gracias hola pedido dinero llegó todavía desde hace nos esto ser sido estoy tengo porque`,
  it: `il lo la i gli le di del della dei un una e è io mio mia non che in per con si mi ci vi da dal dal nel nella quando dove dov'è come quanto sono sto ho ha avete
    posso potete vorrei voglio grazie ordine più ancora questo anche ma perché alla al una sul delle stato`,
  pt: `o a os as de do da dos das um uma e é eu meu minha não que em no na nos nas por para com se me foi fui está estão quando onde como quanto muito mais mas quero
    posso podem consigo obrigado obrigada encomenda pedido dinheiro ainda há isto você vocês ao à recebo já`,
  pl: `i w na z do nie jest się mi mój moja moje czy jak gdzie kiedy dlaczego proszę prosze dziękuję od po za to ten ta tego tym że ale już jeszcze mam chcę chciałbym
    chciałabym mogę możecie dostanę paczka przesyłka zamówienie nadal był była przez dla co o`,
  sv: `och att det är jag ni en ett på i av för med som inte har kan vill var när hur varför den till om mig min mitt mina er från fick får tack så mycket pengarna paket
    igen går skrev skickar hej vad eller men också detta finns ännu inget tar kom blev fram fått efter`,
  da: `og at det er jeg i en et på af for med som ikke har kan vil hvor hvornår hvordan hvorfor den til om mig min mit mine jer fra fik får tak så meget pengene pakke
    igen går skrev sender hej hvad eller men også dette der må gerne virker mangler gang gange nogen noget ud ind blev kom tager tilbage bestilling efter hvis frem fået købt`,
  no: `og at det er jeg dere en et ei på i av for med som ikke har kan vil hvor når hvordan hvorfor den til om meg min mitt mi mine fra fikk får takk så mye pengene pakken
    igjen går skrev sender hei hva eller men også dette gjerne fungerer mangler gang ganger noen noe ut inn ble kom nytt ønsker hjelpen lenger tar tilbake bestilling bestillingen etter hvis frem fått kjøpt`,
  fi: `ja on ei en se minä minun että mutta kun missä milloin miten miksi voiko voitteko olen ole oli ovat jo vielä enää kiitos hei tilaus tilauksen paketti rahat takaisin
    haluan haluaisin minulle onko mikä tämä joka kanssa`,
  cs: `a v na z do ne je se si mi můj moje mám jak kde kdy proč prosím děkuji od po za to ten ta že ale už ještě chci chtěl chtěla bych můžete nemůžu jste jsem není bude
    byla byl kdo peníze objednávku u moc dá zásilka`,
  sk: `a v na z do nie je sa si mi môj moja mám ako kde kedy prečo prosím ďakujem od po za to ten tá že ale už ešte chcem chcel chcela by môžete nemôžem ste som bude
    bola bol kto peniaze objednávku veľmi dá zásielka`,
  hu: `a az és nem van én hogy de mikor hol hogyan miért kérem köszönöm meg már még egy ez vissza kapom szeretném csomag rendelés pénz tudok ki le be lehet volt vagyok`,
  ro: `și în de la cu nu este e eu meu mea că pe un o când unde cum cât vă rog mulțumesc am ați pot vreau să comanda coletul mai încă din pentru dar foarte înapoi`,
  tr: `ve bir bu ne için mi mı mu mü değil var yok ben benim çok ama nerede nasıl zaman lütfen teşekkürler sipariş siparişimi kargo kargom iade istiyorum daha artık olarak
    kadar gibi iki kez tekrar ile`,
  hr: `i u na s do ne je se mi moj moja kako gdje kada zašto molim hvala od po za to taj da ali već još imam želim mogu možete sam su bio nije što paket narudžba novac`,
  id: `dan di yang ini itu saya tidak ada untuk dengan dari ke apa kapan bagaimana sudah belum bisa mau terima kasih pesanan barang kembali mohon akan pada`,
  vi: `và là của tôi không có cho với được này khi nào ở đâu như thế đã chưa muốn đơn hàng cảm ơn tại sao bạn`,
  sw: `na ya wa kwa ni katika la za hii yangu bado lini wapi nini asante tafadhali nataka sina kama hiyo lakini pia cha yako`,
  ca: `el la els les de del un una i és no que en per amb es em quan on com està ha he vull puc gràcies comanda diners encara meu meva però molt si us plau`,
};

/** Longer lists of function words from the `stopword` package (MIT), less telling word by word. */
const listed: Readonly<Record<string, readonly string[]>> = {
  en: eng,
  de: deu,
  nl: nld,
  fr: fra,
  es: spa,
  it: ita,
  pt: por,
  pl: pol,
  sv: swe,
  da: dan,
  no: nob,
  fi: fin,
  cs: ces,
  sk: slk,
  hu: hun,
  ro: ron,
  tr: tur,
  hr: hrv,
  id: ind,
  vi: vie,
  sw: swa,
  ca: cat,
};

type Lexicon = ReadonlyMap<string, readonly string[]>;

/** The languages of each word. */
function lexiconOf(lists: Readonly<Record<string, readonly string[]>>): Lexicon {
  const lexicon = new Map<string, string[]>();
  for (const [language, words] of Object.entries(lists))
    for (const word of new Set(words)) lexicon.set(word, [...(lexicon.get(word) ?? []), language]);
  return lexicon;
}

const sources: readonly { readonly lexicon: Lexicon; readonly weight: number }[] = [
  {
    lexicon: lexiconOf(
      Object.fromEntries(Object.entries(chosen).map(([key, text]) => [key, text.split(/\s+/u)])),
    ),
    weight: 3,
  },
  { lexicon: lexiconOf(listed), weight: 1 },
];

/** Languages in Latin script that can be told apart by their words. */
export const languagesWithWords: readonly string[] = Object.keys(chosen);

/**
 * How much of a text is each language's own: the weighted share of its words that the language uses, a word of several languages counting
 * less, 0 to 4. Words are lower case; the result holds the languages with at least one.
 */
export function scoreByWords(words: readonly string[]): ReadonlyMap<string, number> {
  const scores = new Map<string, number>();
  for (const { lexicon, weight } of sources) {
    for (const word of words) {
      const languages = lexicon.get(word) ?? [];
      for (const language of languages)
        scores.set(language, (scores.get(language) ?? 0) + weight / languages.length / words.length);
    }
  }
  return scores;
}
