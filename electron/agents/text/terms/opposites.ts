/** Words that say the contrary of one another when everything else is equal; compared as stems of base forms. */
export const OPPOSITES: readonly (readonly [string, string])[] =
  `before after; include exclude; keep delete; keep lose; keep remove; start end; start stop; stop continue; stop keep; stop restart;
  accept refuse; accept decline; accept reject; allow forbid; whole part; full part; full partial; old new; inside outside;
  damp dry; wet dry; above below; over under; more less; more fewer; first last; lengthen shorten; extend shorten; longer shorter;
  increase decrease; raise lower; add remove; available unavailable; active inactive; lock unlock; enable disable; on off; same different;
  hand machine; manually automatically; arrive leave; hot cold; warm cold; buyer receiver; cheap expensive; lost found; public private;
  earlier later; minimum maximum; least most; together separately; together alone; opened unopened; used unused; damaged undamaged;
  success failure; succeed fail; upper lower; left right; first second; second third; first third; stop send; keep return; throw keep; waive apply; waive charge; collect reserve; clean dirty; lose keep; shorten change; free paid; free cost; free charge; free pay; free fee; free deduct; customer us; before during; always never; everyone nobody;
  domestic international; gain lose; permanent temporary; required optional; daily weekly; monthly yearly; monthly weekly; prepaid postpaid`
    .split(';')
    .map((pair) => {
      const [left = '', right = ''] = pair.trim().split(/\s+/);
      return [left, right] as const;
    });
