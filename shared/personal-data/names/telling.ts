/** A name: the first group. What follows is left to whoever reads it. */
const NAME = String.raw`(\p{Lu}[\p{L}\p{M}'\u2019-]+)`;
const B = String.raw`(?<![\p{L}\p{N}])`;
const E = String.raw`(?![\p{L}])`;
const MIDDLE = String.raw`[^.!?\n\p{Lu}]{0,25}?`;

/** Verbs in any case; the name itself needs its capital, so the flag cannot do it. */
const any = (words: string): string =>
  words.replace(/(?<!\\)\p{Ll}/gu, (letter) => `[${letter}${letter.toUpperCase()}]`);

/**
 * Sentences in which only a person can stand: what is told to somebody, what somebody says, who signed. Each pattern's first group begins a
 * name; a second one is what stands behind it.
 */
export const telling: readonly RegExp[] = [
  `${B}(?:told|asked|emailed|e-mailed|phoned|messaged|met|thank|thanked|cc) ${NAME}`,
  `${B}(?:told|said|spoke|spoken|talked|written|wrote|mentioned|explained|forward|forwarded|reported|complained|chatted|arranged|agreed|gave|passed|pass)${MIDDLE} (?:to|with|by) ${NAME}`,
  `${B}${any("(?:according to|selon|d[\u2019']apr\u00e8s|seg\u00fan|secondo|volgens)")} ${NAME}`,
  `${B}(?:parl\u00e9|dit|\u00e9crit|transmettre|transmis|expliqu\u00e9|signal\u00e9|convenu|vu|demand\u00e9)${MIDDLE} (?:\u00e0|avec|par) ${NAME}`,
  `${B}(?:dije|dicho|habl\u00e9|hablado|escrib\u00ed|reenviarlo|reenviar|cont\u00e9|expliqu\u00e9|quedado|acord\u00e9|ped\u00ed)${MIDDLE} (?:a|con|por) ${NAME}`,
  `${B}(?:parlato|detto|scritto|inoltrare|inoltrarlo|spiegato|concordato|chiesto)${MIDDLE} (?:a|con|da) ${NAME}`,
  `${B}(?:mit|von|an|bei) ${NAME}((?: \\p{L}+){0,2} (?:telefoniert|gesprochen|geredet|gemailt|geschrieben|vereinbart|besprochen|erhalten|gegeben|weitergeleitet))${E}`,
  `${B}(?:aan|met|van|door) ${NAME}((?: \\p{L}+){0,3} (?:verteld|gezegd|gesproken|gebeld|gemaild|afgesproken|doorgegeven|gevraagd|geholpen|gehoord))${E}`,
  `${B}(?:doorsturen|sturen|mailen|doorgeven) (?:aan|naar) ${NAME}`,
  `${B}(?:leiten|leitet|senden|geben|schicken) ${MIDDLE}(?:an) ${NAME}`,
  `${B}${any('(?:surname|last name|maiden name|family name|nachnamen?|familiennamen?|nom de famille|apellido|cognome|achternaam)')}${MIDDLE} (?:from|von|de|da|van|to|in|zu|\u00e0|a|naar) ${NAME}`,
  `${B}${any('(?:surname|last name|maiden name|family name|nachnamen?|familiennamen?|nom de famille|apellido|cognome|achternaam)')}${MIDDLE} (?:from|von|de|da|van) \\p{Lu}[\\p{L}'\u2019-]+ (?:to|in|zu|auf|\u00e0|a|naar) ${NAME}`,
  `${B}${any("(?:it was|it is|that was|es war|das war|c[\u2019']est|c[\u2019']\u00e9tait|fue|era|het was|dat was|\u00e8 stato|\u00e8 stata)")} ${NAME}((?: [\\p{L}'\u2019-]+){0,3},? (?:who|that|der|die|qui|quien|que|che))${E}`,
  `(?:^|[.,;!?\n]\\s{0,2})${NAME}((?: [\\p{L}'\u2019-]+){0,3}? (?:is|ist|est|es|\u00e8)(?: now| jetzt| nun| nu| maintenant| ahora| ora)? (?:our|unser|unsere|notre|nuestro|nuestra|ons|onze|il nostro|la nostra|no longer|on holiday|on leave|im urlaub|im Urlaub|en cong\u00e9|en vacances|in ferie|op vakantie|met vakantie|de vacaciones))${E}`,
  `(?:^|[.,;!?\n]\\s{0,2})${NAME}((?: [\\p{L}'\u2019-]+){0,2}? (?:est\u00e1 de vacaciones|est\u00e1 de baja))${E}`,
  `${B}${any('(?:and|und|et|y|e|en)')} ${NAME}(,? (?:both|beide|tous|ambos|allebei))${E}`,
].map((source) => new RegExp(source, 'gu'));
