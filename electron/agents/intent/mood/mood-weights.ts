import type { MoodRow } from './mood-row.js';

/**
 * Fitted on the `fit` rows of evals/datasets/sentiment.jsonl and two examples of each demo intent, as vectors of the bundled embedder. Written by
 * `CUECARD_FIT_MOOD=1 npx vitest run electron/agents/intent/mood/fit-mood.test.ts && npx prettier --write electron/agents/intent/mood/mood-weights.ts`
 */
export const moodWeights: Readonly<Record<'positive' | 'neutral' | 'negative', MoodRow>> = {
  positive: {
    weights:
      'JP789+TwCiMf2/j1JQEFBQESF+DJDf/26A379f8vG/387BLyAiEGLCU9MOQtGMzq5Q87xQ8C4ff0ufvdM8Hw8Sw1IBUIEdnd9Nkw7Av/EBn1/wcn1gEq9gcU1OqpCP/97fP7zznrEusKBPP6/dEF8/P4+ukF6g8OHhUR1xQCEvQhJ9gH9w4K7/zgDQf3+iHqBrkE7PzgIt8JOBlMAAPJ+Rz9Av0zAREh3Qnt9RTo/aIYPOwiAgYMHCXswP739Bsq8uvs6boE4NAZ4s3+0eFjCQzz9mv7NvLlD+EAEgbpBh4D96so4/AL7/EU/eYcDOLmBQzEDOQzJgQs1xMH5/oL9BLhFyjN/hEk/scH+fb5xPck8RJQB/bXBQjy8PPp4+P4GSLg7OoYAQbx4/z4IAgECeTx9gD67+AEIw0WAQQGEhkDFA8bPwjH7PLwBCX+8hUx0wXs8Ekr+Q7u8aAcNQEf69fQ7uDbDNkCC/3THQsAFPv9z/0JDRdNEAELAk4JGAAW7P0++t/N6g4qSyQMEaYMKRNH9u0ZJgnzBx4G7RwCCQsaCfof6w4M+rAOIdP2JQW1CuVKHgoXIxfj1wDpGhzyDf301crj6wXj7TMJLOHu+/4IAfoa4QMGMxgZ+38dFeUhFuz7AvVAAOz33+ra8ScowuwU+xDxAS0+HbgrFeHtDyI=',
    scale: 0.00854323,
    bias: -0.202246,
  },
  neutral: {
    weights:
      'B+cl5/4D+c7tCij7AAYMAO8A0Q4D4dzm/sQKAx/yFPTq184mAwfc+9jR0goB3hbZHvC8DOz+BiUGTC4EyjAdIqG4Et0T4CbpzTLPDtTw2hAP8e7n//4FLBLyLTEiJOb73Q4UDvLk7fYLAAEJ/usJHQkF6dYTIPID2Aot5hTzBf/RvAL5KuP4BzTf9f8OEdcP9Af7F/wW8CIO6NPFE/4hDQ/w2fXKqujtK+UQ+wznCn3H++n99AMN3PApHvT+7+LiBwQJ7Q8DJQjPBR0LJvmB8OLwJCP0ziMa9RwC9wz4Ht7kIAAL6SoCDQLUHQbJDR3n78UxETnG1ivNAxYOCBzlFuQxwgpgEuIiKg7c5RUMPPsN4t6qBRz+7wf3GxfcEC4H0Qpr1ePV5AHvGAPw5jv59+nkL/cE8fwE1enkEePx2/rxB8vY8ewl8xg25FYR+dzSUg8IAOqmBwYGKxa+8Piv6+dh9FkS6g3V6AYJAfIa1SDyMQjrDea24A0H4OQM+jwLCOTXK+otDtr91Nbh6FbysteBAQQE1xQ3IMEaEt8CADYS+RXs9+gI7Xre/CH+499E41XwGdn61u3uJOgc+scX+AT0JiAKHQQl7bjqFiTuCsjs9x3lJRYv3qrgEaD47Cnv+gw0CgnSAvEfP/P9+fzgSDjWEAT24Pje0Vra2Nsy7vE=',
    scale: 0.0075908,
    bias: 0.300228,
  },
  negative: {
    weights:
      '2RbmHRsM/QnyG+cO3vrx+w3vERIwDh8eGCX9B+jg1wwVNBnu/NwY3P/u+RHWBh4zAP8BLQIAGOkGA98d/RP48iUK0wrpCwUyNfz8BhkOEdz+DQjxJwHV5ev6A+w02xYHLgD0Itcq/xzu/Qv+BD319QUDGDjs+f3xBeXMO90J7AwJFCMA5gv+Ctk5/Pr99wMIBTwAAAYM7gLs4A7r8P4X/NsQHgz+RQTx/Q4EDuQq+/AYzCXjB/jqBOvwIwwJGQDyCBALJTT6/yYQGBf4DCIMBQ4a7IEP9/AD+wb/9/Eb4gAU707TLez0BQwR6xMU6gQsCSUP5+sB/9kBJNzuEO8M+Qb1HdLg8wrD4CkXHPj9BgzUJwv89vMnCfMU+fozDfUCD9jHNiwNFvkcBwIV+MkC/y0k4wcDHCH6AwcD8RQGDu4K6B0I0wkWHfniE5j0Egr45+8LDtAiAe4L6kcc3QUlJTrdG9UTBxkiCv8i5AHrEOsOBfwJ6gD2DPXwGc/u78/jDBno4zAKCRLc3wEOAwwAGhAnCA7m/uff4BjlAwL8+MrZ/fT0GwbvFeUP5Q4L9hYOD9TJ0BbvAvopCRT+7RT6+/8VCBcT/Pn8IQwKxf8f/TAIB+3+/uvU7TAD99rs/ffv8Aja9wPq/x7v6x4lFN/2/uUQ+O4WGN3jDPn4DjroAe0=',
    scale: 0.00930764,
    bias: -0.097982,
  },
};
