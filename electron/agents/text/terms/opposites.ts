/** Words that say the contrary of one another when everything else is equal; compared as stems of base forms. */
export const OPPOSITES: readonly (readonly [string, string])[] =
  `before after; include exclude; keep delete; keep lose; keep remove; start end; start stop; stop continue; stop keep; stop restart;
  accept refuse; accept decline; accept reject; allow forbid; whole part; full part; full partial; old new; inside outside;
  damp dry; wet dry; above below; over under; more less; more fewer; first last; lengthen shorten; extend shorten; longer shorter;
  increase decrease; raise lower; add remove; available unavailable; active inactive; lock unlock; enable disable; on off; same different;
  hand machine; manually automatically; arrive leave; hot cold; warm cold; buyer receiver; cheap expensive; lost found; public private;
  earlier later; minimum maximum; least most; together separately; together alone; opened unopened; used unused; damaged undamaged;
  success failure; succeed fail; upper lower; left right; first second; second third; first third; stop send; keep return; throw keep; waive apply; waive charge; collect reserve; clean dirty; lose keep; free paid; free cost; free charge; free pay; free fee; free deduct; customer us; before during; always never; everyone nobody;
  domestic international; gain lose; permanent temporary; required optional; daily weekly; monthly yearly; monthly weekly; prepaid postpaid;
  authorise collect; authorise charge; plus include; pause cancel; refund replace; active cancel; stay cancel; loose tight; loosely tightly; thin thick; soft hard; soft firm; strong mild; high low; higher lower;
  short long; big small; large small; empty full; half whole; top bottom; early late; ahead behind; weekday weekend; morning evening; online offline; credit debit;
  valid void; buyer seller; active void; merge split; larger smaller; bigger smaller; older younger; heavier lighter; faster slower; quicker slower; combine separate; combine split; single several; single multiple; individually together; subscribe unsubscribe; join leave; upgrade downgrade; import export;
  sender receiver; sender recipient; buy sell; pass fail; present absent; include omit; cover exclude; eligible ineligible; renew expire; renew end; renew cancel; retain delete; retain erase; store delete;
  sometimes always; rarely often; seldom often; mandatory optional; compulsory optional; required voluntary; required forbidden; connect disconnect; attach remove; attach detach; fill empty; new refurbished; working faulty; temporarily permanently; temporary permanently;
  refundable non-refundable; returnable non-returnable; valid invalid; possible impossible; legal illegal; visible hidden; show hide; appear disappear; approve reject; approve decline; grant refuse; confirm deny; ban allow; prohibit allow; prohibit permit; forbid permit; block allow; begin finish; begin end; resume pause; raise reduce; increase reduce; more lower; extend reduce`
    .split(';')
    .map((pair) => {
      const [left = '', right = ''] = pair.trim().split(/\s+/);
      return [left, right] as const;
    });
