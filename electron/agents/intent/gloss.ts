/** Word for word into English, for the errands of a shop; words that carry no errand are left out. */
const glossaries: Readonly<Record<string, string>> = {
  de: `wo=where wann=when wie=how was=what warum=why wieviel=how much wie=how bestellung=order bestellungen=orders bestellt=ordered paket=parcel pakets=parcel
    sendung=parcel lieferung=delivery geliefert=delivered lieferadresse=delivery address adresse=address versand=shipping versandkosten=shipping costs verschickt=shipped
    versendet=shipped ankommt=arrive ankommen=arrive kommt=arrive angekommen=arrived erhalten=received bekommen=received warte=waiting verspätet=late verspätung=delay
    verloren=lost sendungsverfolgung=tracking status=status befindet=is zurückgeben=return zurücksenden=send back zurückschicken=send back rücksendung=return rückgabe=return retoure=return
    retourenlabel=return label rücksendeetikett=return label umtauschen=exchange umtausch=exchange größe=size farbe=colour erstattung=refund rückerstattung=refund geld=money
    zurück=back beschädigt=damaged kaputt=broken defekt=faulty falsch=wrong falsche=wrong falschen=wrong fehlt=missing fehlen=missing garantie=warranty gewährleistung=warranty rechnung=invoice
    mehrwertsteuer=vat zahlung=payment bezahlen=pay bezahlt=paid zahlen=pay kreditkarte=credit card abgebucht=charged doppelt=twice gutschein=gift card gutscheincode=promo code rabatt=discount rabattcode=promo code
    stornieren=cancel storno=cancel kündigen=cancel abbestellen=cancel abo=subscription abonnement=subscription pausieren=pause konto=account passwort=password anmelden=log in einloggen=log in löschen=delete
    daten=data datenauskunft=copy of my data ändern=change mitarbeiter=person sprechen=speak mensch=human kaffee=coffee verfügbar=available lager=stock artikel=item produkt=item
    nicht=not noch=still mein=my meine=my meinen=my ich=i`,
  nl: `waar=where wanneer=when hoe=how wat=what waarom=why hoeveel=how much bestelling=order bestellingen=orders besteld=ordered pakket=parcel pakketje=parcel zending=parcel levering=delivery bezorging=delivery
    geleverd=delivered bezorgd=delivered bezorgadres=delivery address adres=address verzending=shipping verzendkosten=shipping costs verzonden=shipped verstuurd=shipped aankomen=arrive aangekomen=arrived komt=arrive
    ontvangen=received gekregen=received wacht=waiting vertraagd=late vertraging=delay kwijt=lost verloren=lost status=status retourneren=return terugsturen=send back retour=return retourlabel=return label ruilen=exchange
    omruilen=exchange maat=size kleur=colour terugbetaling=refund geld=money terug=back beschadigd=damaged kapot=broken defect=faulty verkeerd=wrong verkeerde=wrong ontbreekt=missing mist=missing garantie=warranty factuur=invoice
    btw=vat betaling=payment betalen=pay betaald=paid creditcard=credit card afgeschreven=charged dubbel=twice cadeaubon=gift card kortingscode=promo code korting=discount annuleren=cancel opzeggen=cancel abonnement=subscription
    pauzeren=pause account=account wachtwoord=password inloggen=log in verwijderen=delete gegevens=data wijzigen=change veranderen=change medewerker=person spreken=speak mens=human koffie=coffee beschikbaar=available voorraad=stock
    artikel=item product=item niet=not nog=still mijn=my ik=i`,
  fr: `où=where quand=when comment=how quel=what quelle=what pourquoi=why combien=how much commande=order commandes=orders commandé=ordered colis=parcel livraison=delivery livré=delivered livrée=delivered adresse=address expédition=shipping
    expédié=shipped expédiée=shipped envoyé=sent arriver=arrive arrive=arrive arrivé=arrived reçu=received attends=waiting retard=late perdu=lost suivi=tracking statut=status retourner=return renvoyer=send back retour=return étiquette=label échanger=exchange
    échange=exchange taille=size couleur=colour remboursement=refund remboursé=refund argent=money endommagé=damaged cassé=broken défectueux=faulty mauvais=wrong manque=missing garantie=warranty facture=invoice tva=vat paiement=payment payer=pay
    payé=paid carte=card débité=charged deux=two fois=times code=code promo=promo réduction=discount annuler=cancel résilier=cancel abonnement=subscription suspendre=pause compte=account mot=word connecter=log in supprimer=delete données=data
    changer=change modifier=change parler=speak humain=human conseiller=person café=coffee disponible=available stock=stock article=item produit=item pas=not encore=still mon=my ma=my je=i cadeau=gift`,
  es: `dónde=where donde=where cuándo=when cuando=when cómo=how qué=what cuánto=how much pedido=order pedidos=orders paquete=parcel envío=shipping entrega=delivery entregado=delivered dirección=address enviado=shipped llegar=arrive llega=arrive
    llegado=arrived recibido=received esperando=waiting retraso=late perdido=lost seguimiento=tracking estado=status devolver=return devolución=return etiqueta=label cambiar=change cambio=exchange talla=size color=colour reembolso=refund dinero=money
    dañado=damaged roto=broken defectuoso=faulty equivocado=wrong incorrecto=wrong falta=missing garantía=warranty factura=invoice iva=vat pago=payment pagar=pay pagado=paid tarjeta=card cobrado=charged dos=two veces=times código=code descuento=discount
    cancelar=cancel suscripción=subscription pausar=pause cuenta=account contraseña=password borrar=delete eliminar=delete datos=data hablar=speak persona=person humano=human café=coffee disponible=available artículo=item producto=item no=not todavía=still
    mi=my yo=i regalo=gift`,
};

const parsed = new Map<string, ReadonlyMap<string, string>>();

function glossaryOf(language: string): ReadonlyMap<string, string> | null {
  const known = parsed.get(language);
  if (known) return known;
  const source = glossaries[language];
  if (source === undefined) return null;
  const entries = source.split(/\s+(?=\S+=)/u).map((entry): [string, string] => {
    const [word = '', english = ''] = entry.trim().split('=');
    return [word, english];
  });
  const glossary = new Map(entries);
  parsed.set(language, glossary);
  return glossary;
}

/**
 * The errand of a German, Dutch, French or Spanish text in English words, sentence by sentence: enough to recognise what is wanted, not to
 * answer it. Null for other languages and when fewer than two words are known.
 */
export function glossOf(text: string, language: string): string | null {
  const glossary = glossaryOf(language);
  if (!glossary) return null;
  let known = 0;
  const sentences = text.split(/(?<=[.!?])\s+|\n+/u).map((sentence) => {
    const words = sentence.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
    const english = words.flatMap((word) => glossary.get(word) ?? []);
    known += english.length;
    const mark = sentence.includes('?') ? '?' : '.';
    return english.length > 1 ? `${english.join(' ')}${mark}` : '';
  });
  return known >= 2 ? sentences.filter((sentence) => sentence !== '').join(' ') : null;
}
