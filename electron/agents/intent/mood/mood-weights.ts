import type { MoodRow } from './mood-by-meaning.js';

/**
 * Fitted on the `fit` rows of evals/datasets/sentiment.jsonl and two examples of each demo intent, as vectors of the bundled embedder. Written by
 * `CUECARD_FIT_MOOD=1 npx vitest run electron/agents/intent/mood/fit-mood.test.ts && npx prettier --write electron/agents/intent/mood/mood-weights.ts`
 */
export const moodWeights: Readonly<Record<'positive' | 'neutral' | 'negative', MoodRow>> = {
  positive: {
    weights:
      'IwL/++X0DxMW3f4CLQYM+fYLC+nNCATz5wT6+vouKAP69RD7CSELIio0HekrG9fr6Qw/2Qj+6ur62fXZLMv39ic+EB0SA93iAeUg8AgAGxX0/AcU4wMX/wIU4vS89P349fH35CX1C+sXDwL8+8YQ9vz+/d/7+AINHBUJzQ/7B/sdHeUK9xb88v3gBwf3+h7p88oI6gvsHegFNw46CgfV9R719PkoBRYa1gXuBwnu+qQaSPQUEQsKDiP1zgIIARkc+PHq+MgK6tsU59n+2e5TFADzAH/1OfXjEtv/CAHrCBcL8bIt6OUP8fEM+PAICNj6Ch3LAes1Kvoo3AYJ8v0P+w/mDh3VAhQoBs0C/Pn7xv0M/w1LCfXaBgL+9PPl3Oj+EyLh5uwW/QX16/35LAQBCffzBfr59uQIFwsfBgn9DB79FhQTNgHV6fDr+h/66wc51f7q80go8wD+86cWLQAV4+Le7vnfC9oNCvXTGQv8Dvn92AQJBg9EEvn/BUIKFvsV+AUy9ufY+xATUSIFDroPJB5P+fkXJg3+BBYD9BL4CQAjAAAe8QoGA7kPKd0EJAXLCu9KIvsMKxfn5QnlEhL8AAX339jq8ALmChkIIOfuAP8BAfsT+gMEJRkOA2kOEuclFfT+Bvo/B/oG7efa7SEbx/kf+gv3/i0xGbsiH/DwGCE=',
    scale: 0.00980513,
    bias: -0.128052,
  },
  neutral: {
    weights:
      'Eukn7w8A/OH5DC32+/0DCO0H4QUM4dj5AdIPASrxBvPzzM0sAgfSAcrV5AT62AnVLu/UAvcD/Sb9PjgF2EsPIa7FGO0L5DHr0SnfCdL6yRkT+uDz9PcNFCXyIykkO+T83gkH/PvpAgLz7fQG+f73IQED5OcWEPX/xgge9wPzFPrTyP7xL974BiPoCAoOFuce/Qn/EvQB8hkX4NfPCewnFRkD7PnLuOvbOfUJ7gfsDH/ZBPQM4f8S6eoSEvrs9uXjBAgJ5AnyIgnOAQIIKOGL6fb5Ehn2xRcd9xEJ+RT0EuLtIAgE6jf3Cf3vIAXzDCXy+7Y4BCPAzy7I8B4I+Q3oDe0k5hhcAusoGAXo6BkHOfgS1eieAB759Qv5FijrITIF2vpq4uPq6P72Ffn51Tz7COfmHAoA9gAE2OrTB9L24AD5C8Xa9/Aa9xow7lAOAvLRShIQA+6wCAsEKBrM9PrB6OhHACgd4gnM7xkU/eUU4x39JffkCvmy3AkO3PMP/T0PA+XjN/MmCeD/0Mjx60j+ss6UCQAJ3hggD9MZGOsRBzUB/w/d7egJ53Dt8Sjw7d5O3EnwA+/9yur0GeQWBNwMBQj1GwwBHAIa5MD2IBP1EMr2AA/oEwMu5L7zBb3+9zDu9BooAP/LD+oJI/oH/fjrQCLXEATn4e/r3mXh2dUa2wE=',
    scale: 0.0083304,
    bias: -0.0110029,
  },
  negative: {
    weights:
      '1Q/kEAwL9gbyFeEG3f3zABfyDRAkEBoRFR76Befj2QcOLxfk998Y4wPz+xHgBx0y8gLqIP//FPcH9eEe9/f98Rv24fbpEvopIfn9CBsFEdv9CBL4IQTj8uP5AOwg4BcKIgYDG+Ma9hD2AQf/CjP48AP/Fy/0+wb1E+jiMvEO7AkIDxgC5QYJCOos9PP+9vn+DSj6Bf8Q8QLq6RHz8AkJ+9QHGQsEMf0F+gQIB/Me/PIGvxPmCffrBfL8HQIIB/79BAcMGyoC+hkTFCD8BCYOAAcQ84ER+fkE9xP7//Eb7AIE9j7WJe/6Bg8C8AoD8QgQ+x0F/PgBAOQGKuXyEvkF+wD8B9Xi/f7B6SgQFfT/CAjpIAcH+PQmA/YH+u4nBvD/DOjOLCb9FP0RAgcL+dED8xoe5/4GEBj2CQcG9hkKDeYI5RsL2QsRGvvwE6v7EQTx7/QHCc8YBfj/7joT4QQcKivpEOkHDRkbBPcY7Qr1CvEFBwMM8/j/C//2FtHs79jjBBDr4B8H/grw3QwGBAj0GgsLAAbm+OTr8g7r+QD689niAfUAGwn0EOsB6AEI7xT1EtrM4RH4A/weBA0H7gv6/fYPCRkS+v0EDBoBzggY9CgH//kB9/vb9Br++tf29/Lt9/fl+wbw7xb09xscE+r4Au0D+fQaGebmBPH5Ai37BuM=',
    scale: 0.0114216,
    bias: 0.139055,
  },
};
