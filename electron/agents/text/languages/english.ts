import type { LanguageWords } from './language-words.js';

/** What a translation is compared by on its English side; numbers are read by {@link measuresOf}. Our own list. */
export const english: Pick<LanguageWords, 'code' | 'polarity'> = {
  code: 'en',
  polarity: {
    negators: "not|no|never|cannot|nothing|nobody|none|nor|neither|\\p{L}+n['’]t",
    noNegation:
      "not only|not just|(?:not|n['’]t)(?= (?:[^.,;]* )?(?:until|before)\\b)|no later than|no more than|not more than",
    lexical:
      '(?<!\\p{L})un(?!til|der|less|ion|it)\\p{L}+|without|except|unless|impossible|in(?:valid|complete|correct)|exclud\\p{L}*|free|refus\\p{L}*|declin\\p{L}*|reject\\p{L}*|\\p{L}+less|fails?|lacks?|only',
    before: 'before|prior|until',
    after: 'after|once|since|as soon as|from|following',
    only: 'only|solely|exclusively',
    always: 'always|at any time|without exception',
    except: 'except|excluding|apart from',
    free: 'free(?! to)|no (?:extra )?(?:charge|cost|fee)|costs? nothing',
  },
};
