import { plainWord } from './first-names.js';

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/u));

/** Small words inside names. */
const PARTICLES =
  words(`van von de der den del della delle di da do dos das la le las los el bin ibn al af ter ten te zu zum zur vom y du des st
  saint san santa mac mc 't op ben ould abu lo li`);

const TITLES =
  words(`mr mrs ms miss mx dr prof sir herr herrn frau fr fraulein hr heer mevrouw mevr mw meneer dhr mvr monsieur madame mademoiselle m
  mme mlle mm messieurs senor senora senorita sr sra srta don dona signor signora signorina signore sig sigra sig.ra dott dottssa dott.ssa dottoressa
  dottore senhor senhora dipl ing mag professor professeur doctor docteur doktor lord lady`);

/** First names that are words, months, colours or places too: names only where something besides the capital says so. */
const COMMON =
  words(`will may mark rose grace hope faith joy dawn april june august summer autumn ruby amber pearl jade violet lily daisy ivy iris
  hazel olive sky star art bill frank rich ray jack drew chase hunter mason carter max miles guy don pat sue rob nick jan mercedes paris florence
  chelsea dakota austin jordan brooklyn china georgia victoria sydney charlotte phoenix robin basil ginger sandy holly carol penny melody harmony
  crystal christian angel page dale glen cliff heath reed chip norm gene wade grant lane earl duke king prince baron major sage rosa heide ernst wolf
  stern engel urban kai france blanche marine constant luz mar sol consuelo dolores cruz reyes blanca clara alba estrella paz viola bianca stella gioia
  vera italia franco roos fleur wil bas lux nova river rain storm ocean forest justice destiny trinity cash chance chi hang hong said abril segundo justo
  modesto placido asia felice lan long an hao sem cor ans has puck jin yang feng ning lin mei ming kim lee li dev chad trinidad santiago regina lorraine
  santo leone fortunato prune loup desire aime modestine ella era mara gala pol dina sana noor noa nur hang hana mina thi said fay dick dean rod wayne
  constance prudence patience felicity mercy bliss chastity verity angelica veronica rosemary myrtle heather aurora amparo angustias remedios milagros
  soledad pilar concha nieves rocio socorro esperanza salud mona lisa ines gil ian ali omar ton hans daan`);

/** Of these the ones that are a person more often than not, where they stand inside a sentence and not behind "in". */
const MOSTLY_NAMES =
  words(`grace jack frank ray drew mason carter miles sue rob robin ginger sandy holly carol penny melody crystal glen grant wade austin jordan
  sydney charlotte victoria florence chelsea`);

/** Capitalised words that are no part of a name: calendar, places, languages, firms, and what letters to a shop are about. */
const NOT_NAMES =
  words(`monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag sonnabend
  lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo lunedi martedi mercoledi giovedi venerdi
  sabato maandag dinsdag woensdag donderdag vrijdag zaterdag zondag january february march    july  september october november december
  januar februar marz mai juni juli oktober dezember janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre enero febrero marzo
  abril mayo junio julio agosto septiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre januari
  februari maart mei augustus  feb  apr  jul aug sep sept oct okt nov dec dez
  europe germany france spain italy netherlands belgium austria switzerland poland portugal england scotland wales ireland britain usa uk america canada
  deutschland frankreich spanien italien niederlande belgien osterreich schweiz polen europa allemagne espagne italie belgique suisse autriche pays-bas
  alemania francia espana italia holanda belgica suiza belgio svizzera germania spagna nederland belgie duitsland frankrijk spanje oostenrijk zwitserland
  london berlin paris madrid rome roma amsterdam rotterdam utrecht hamburg munchen koln frankfurt lyon marseille barcelona valencia sevilla milano napoli
  torino dublin manchester birmingham bristol leeds edinburgh glasgow vienna wien zurich geneva brussels bruxelles brussel antwerpen lisbon lisboa york
  english german french spanish italian dutch british irish american european deutsch englisch franzosisch deutsche deutscher francais francaise anglais
  espanol espanola ingles aleman italiano italiana inglese tedesco nederlands nederlandse engels duits belgian swiss austrian polish portuguese
  christmas easter ramadan halloween weihnachten ostern noel paques navidad pascua natale kerst pasen black cyber white king prime good new san santa los las saint north south east west great pay card cards model modell modelo modello mail super gold silver green lamp chair table sofa bed pro plus mini friday
  dhl ups fedex gls dpd hermes usps postnl bpost correos hermes seur chronopost colissimo evri royal deutsche poste
  paypal klarna visa mastercard maestro amex american ideal sofort bancontact apple google samsung sony microsoft amazon ebay facebook instagram whatsapp
  outlook gmail android iphone ipad windows chrome firefox safari excel word
  order orders refund refunds return returns delivery parcel package invoice account customer customers support service team sales shop store company
  department manager office warehouse street road avenue lane house apartment flat floor the a an i i'm i've i'd i'll we you he she it they my our your his
  her their this that these those there here what when where which who why how yes no ok okay not and or but if so because please thanks thank sorry hello hi
  hey dear good best kind regards sincerely yours cheers greetings morning afternoon evening day sir madam sirs everyone everybody all folks guys
  bestellung bestellungen rechnung rechnungen lieferung paket pakete ware artikel kunde kundin kunden kundendienst kundenservice konto adresse anschrift
  antwort anfrage frage fragen problem hilfe geld grusse gruss gruß danke vielen liebe lieber liebes hallo guten guter sehr geehrte geehrter damen herren
  mit freundlichen freundliche beste viele herzliche ich sie wir er es ihr mein meine meinen meiner unser unsere ihre ihren ihrem ihrer der die das den dem
  des ein eine einen einer eines und oder aber wenn weil dass wie was wann wo warum wer bitte ja nein nicht noch nur auch hier da dann so am im um auf bei
  mann frau sohn tochter mutter vater bruder schwester freund freundin kollege kollegin nachbar nachbarin chef chefin familie firma telefon nummer stuhl
  tisch lampe schreibtisch sofa matratze farbe grosse marke modell monat woche tag tage jahr jahre uhr haus wohnung stadt strasse student studentin
  bonjour bonsoir salut merci cordialement madame monsieur mesdames messieurs je tu il elle nous vous ils elles on mon ma mes ton ta son sa ses notre votre
  nos vos leur le la les un une des du de au aux et ou mais si car donc que qui quoi quand comment pourquoi oui non ne pas ce cet cette ces ici commande
  facture livraison colis compte client cliente service adresse reponse demande question argent mari femme fils fille mere pere frere soeur ami amie
  hola buenos buenas dias tardes noches gracias saludos saludo atentamente estimado estimada estimados senores yo tu el ella nosotros ustedes vosotros mi
  mis su sus nuestro nuestra los las una uno unos unas y o pero porque cuando donde como quien cual por para con sin si no pedido factura envio entrega
  paquete cuenta cliente servicio direccion respuesta pregunta dinero marido mujer esposo esposa hijo hija madre padre hermano hermana amigo amiga
  ciao salve buongiorno buonasera buona buon grazie saluti cordiali distinti gentile gentili egregio spettabile io lei noi voi loro mio mia suo sua il lo gli
  e ed o ma se perche quando dove come chi che per con senza ordine fattura consegna pacco conto cliente servizio indirizzo risposta domanda
  hoi dag goedemorgen goedemiddag goedenavond bedankt dank groet groeten groetjes vriendelijke met geachte beste ik jij je jullie u hij zij ze wij we mijn
  empfanger empfangerin kontoinhaber kontoinhaberin absender titulaire beneficiaire beneficiario beneficiaria destinataire destinatario
  destinataria intestatario begunstigde ontvanger rekeninghouder recipient holder cardholder sendungsverfolgung united email mail identity choose again encore otra vez wieder nochmal weer ancora nuovo jouw uw zijn haar ons onze hun het een en of maar als want omdat wat wanneer waar waarom wie hoe ja nee niet nog bestelling factuur levering pakket klant
  klantenservice rekening adres antwoord vraag geld man vrouw zoon dochter moeder vader broer zus vriend vriendin collega buurman buurvrouw`);

/** Words in small letters that end what may be a name. */
export const isFunctionWord = (word: string): boolean => NOT_NAMES.has(plainWord(word));
export const isParticle = (word: string): boolean => PARTICLES.has(plainWord(word));
export const isTitle = (word: string): boolean => TITLES.has(plainWord(word).replace(/\.$/u, ''));
export const isCommonWord = (word: string): boolean => COMMON.has(plainWord(word));
export const isMostlyName = (word: string): boolean => MOSTLY_NAMES.has(plainWord(word));
/** Whether a capitalised word cannot be a part of a name. */
export const isNotName = (word: string): boolean =>
  ELIDED.test(word) || NOT_NAMES.has(plainWord(word).replace(/[.'\u2019]s?$/u, ''));

/** `C'est`, `J'ai`, `L'article` */
const ELIDED = /^\p{L}{1,2}['\u2019]\p{Ll}/u;
