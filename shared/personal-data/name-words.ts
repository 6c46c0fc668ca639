const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/u));

const PARTICLES =
  words(`van von de der den del della delle di da do dos das la le las los el bin ibn al af ter ten
  zu zum zur vom y e du des d' l' st saint san santa mac mc`);

const TITLES =
  words(`mr mrs ms miss mx dr prof sir herr herrn frau fr heer mevrouw mevr mw meneer dhr mvr monsieur madame mademoiselle m mme
  mlle mm señor señora señorita sr sra srta don doña signor signora signorina sig sigra dott dottssa dottoressa senhor senhora dipl ing mag`);

/**
 * First names and parts of names that are words, months, colours or places too. Such a word is a name where it is written as one, and where
 * something else says that a name stands there.
 */
const COMMON =
  words(`will may mark rose grace hope faith joy dawn april june august summer autumn ruby amber pearl jade violet lily daisy ivy
  iris hazel olive sky star art bill frank rich ray jack drew chase hunter mason carter max miles guy don pat sue rob nick jan mercedes paris
  florence chelsea dakota austin jordan brooklyn china georgia victoria sydney charlotte phoenix robin basil ginger sandy holly carol penny
  melody harmony crystal christian angel page dale glen cliff heath reed chip norm gene wade grant lane earl duke king prince baron major sage
  rosa heide ernst wolf stern engel urban kai france blanche marine constant luz mar sol consuelo dolores cruz reyes blanca clara alba estrella
  paz viola bianca stella gioia vera italia franco roos fleur wil bas lux nova river rain storm ocean forest justice destiny trinity cash chance
  black white green brown gray grey young long short little love best day price church wood woods stone field fields hill hills banks brooks
  rivers bell bush rice case cook cooks baker smith taylor porter potter carpenter mason fisher hunter walker page bishop abbott knight noble sharp
  klein groß gross lang kurz schwarz weiß weiss braun grün jung alt neu stark schön fuchs vogel koch bauer schneider müller becker richter kaiser
  petit grand blanc noir roux brun bon beau jolie leroy garnier rojo blanco moreno delgado bravo leal bello rossi bianchi neri verdi russo
  de groot klein lang kort wit zwart bruin jong bakker smit visser meijer post card lamp desk mail order hall park ford`);

export const isParticle = (word: string): boolean => PARTICLES.has(word.toLowerCase());
export const isTitle = (word: string): boolean => TITLES.has(word.toLowerCase().replace(/\./gu, ''));
export const isCommonWord = (word: string): boolean => COMMON.has(word.toLowerCase());
