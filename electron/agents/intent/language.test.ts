import { describe, expect, it } from 'vitest';

import { detectLanguage, languageName } from './language.js';

describe('The language of a message', () => {
  it.each([
    ['helo, i bougth a lamp form you (HP-104228) but its to brite for the bedrom. i wnat to retrun it', 'en'],
    ['wheres my oder HP-104120', 'en'],
    ['shoud of been here tuesday, still nothing, pls advise', 'en'],
    ['parcel lost?? no scan sinse last weak', 'en'],
    ['money taken twice pls fix', 'en'],
    ['cancle ordr asap', 'en'],
    ['Hello, mijn naam is Jan, where is my parcel please', 'en'],
  ])('is not taken for Dutch or Afrikaans because of typing errors: %s', (text, language) => {
    expect(detectLanguage(text, ['en'])).toBe(language);
  });

  it.each([
    ['Guten Tag, wo ist meine Bestellung HP-104262? Ich warte noch auf das Paket.', 'de'],
    ['waar blijft mijn pakket? ik wacht al een week', 'nl'],
    ["Bonjour, je n'ai pas encore re\u00e7u mon colis, pouvez-vous m'aider ?", 'fr'],
    ['Hola, \u00bfd\u00f3nde est\u00e1 mi pedido? Todav\u00eda no ha llegado', 'es'],
    ['\u0645\u0631\u062d\u0628\u0627\u060c \u0623\u064a\u0646 \u0637\u0644\u0628\u064a\u061f', 'ar'],
    [
      '\u05e9\u05dc\u05d5\u05dd, \u05d0\u05d9\u05e4\u05d4 \u05d4\u05d4\u05d6\u05de\u05e0\u05d4 \u05e9\u05dc\u05d9?',
      'he',
    ],
    ['\u0433\u0434\u0435 \u043c\u043e\u0439 \u0437\u0430\u043a\u0430\u0437?', 'ru'],
  ])('is told when it is another one: %s', (text, language) => {
    expect(detectLanguage(text, ['en'])).toBe(language);
  });

  it.each(['', 'ok', 'merci', 'HP-104233', '???', '\u{1F44D}\u{1F44D}', 'jan@example.nl', '12345 67890'])(
    'is left open when there is too little to tell: "%s"',
    (text) => {
      expect(detectLanguage(text, ['en'])).toBe('und');
    },
  );

  it('is the one of a team that answers in several', () => {
    expect(detectLanguage('Wo ist mein Paket, bitte?', ['en', 'de'])).toBe('de');
  });

  it('has an English name for the warning', () => {
    expect(languageName('de')).toBe('German');
  });
});
