import type { Term } from '../text/terms/terms.js';
import type { Contradiction } from './contradiction.js';
import type { Statement } from './statement.js';

/** Deeds where it matters who does them. */
const DEEDS = new Set(
  `choos decid pai pay refus declin releas calcul select set cover collect contact arrang bear`.split(' '),
);
const AGENTS: Readonly<Record<string, string>> = {
  we: 'us',
  us: 'us',
  our: 'us',
  i: 'us',
  team: 'us',
  you: 'you',
  your: 'you',
  customer: 'you',
  bank: 'bank',
  office: 'office',
  authority: 'office',
  carrier: 'carrier',
  courier: 'carrier',
  receiver: 'receiver',
  buyer: 'buyer',
  seller: 'seller',
  owner: 'owner',
  manager: 'manager',
  administrator: 'administrator',
  admin: 'administrator',
  agent: 'agent',
};
const REACH = 6;

/** "We choose" where the source says "you choose": the same deed, done by somebody else. */
export function otherAgent(claim: Statement, unit: Statement): Contradiction | null {
  const said = agentsOf(claim);
  for (const [term] of said) {
    const agents = said.filter(([other]) => other === term).map(([, agent]) => agent);
    const own = agentsOf(unit).filter(([other]) => other.keys.some((key) => term.keys.includes(key)));
    if (own.length === 0 || own.some(([, other]) => agents.includes(other))) continue;
    return {
      kind: 'condition_differs',
      message: `The source says that somebody else does this (${own[0]?.[1] ?? ''}).`,
      term,
    };
  }
  return null;
}

function agentsOf({ terms, text }: Statement): [Term, string][] {
  return terms.flatMap((term, at): [Term, string][] => {
    if (!DEEDS.has(term.stem)) return [];
    const [by, next, after] = [terms[at + 1], terms[at + 2], terms[at + 3]];
    if (by?.word === 'by' && next) {
      const agent = AGENTS[next.word === 'the' || next.word === 'your' ? (after?.word ?? '') : next.word];
      return agent === undefined ? [] : [[term, agent]];
    }
    const agents: [Term, string][] = [];
    for (let back = at - 1; back >= Math.max(0, at - REACH); back -= 1) {
      const before = terms[back];
      if (!before || /[,;:.]/u.test(text.slice(before.end, terms[back + 1]?.start ?? before.end))) break;
      // "Your bank": the bank, not you. "The office or the carrier": both.
      const agent = before.word === 'your' || before.word === 'our' ? undefined : AGENTS[before.word];
      if (agent !== undefined) agents.push([term, agent]);
      if (agent !== undefined && !terms.slice(Math.max(0, back - 2), back).some(({ word }) => word === 'or'))
        break;
    }
    return agents;
  });
}
