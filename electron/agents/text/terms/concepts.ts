/**
 * Words and phrases a support reply uses for one another, one concept a line: `name: word, phrase, ...`.
 *
 * Ours, written from the way reps and articles of shops, banks and telecoms speak; WordNet was not taken, since its synsets join what a
 * policy keeps apart (return and refund, order and delivery). A word may stand in several concepts; two words match when they share one.
 */
export const CONCEPTS = `
refund: refund, money back, reimburse, repay, pay back, give back the money, get back the money, credit back, back to the way, return the money
money: money, amount, sum, payment, funds
refundmoney: money, refund
parcel: parcel, package, packet, shipment, consignment, delivery box
order: order, purchase, buy
item: item, product, article, thing, goods, piece, stuff, something, anything, one, device
ship: ship, dispatch, send, send out, send off, go out, leave, post, mail, on its way, on the way, under way, travel, transport, forward
deliver: deliver, delivery, arrive, arrival, reach, receive, get to, be with, bring, turn up, show up, come, get, drop off at, hand over, here
receive: receive, get, obtain, given
return: return, send back, ship back, bring back, take back, come back, give back, mail back, go back
exchange: exchange, swap, trade, switch, change
replace: replace, replacement, new one, another one, swap, substitute, whole new
cost: cost, price, charge, fee, pay, come to, rate, amount
charge: charge, bill, collect, take, debit, deduct
deduct: deduct, take off, subtract, come off, minus, reduce, take away, lower
price: price, cost, rate
free: free, gratis, complimentary, free of charge, for free, no cost, at no cost, no charge, without charge, no extra cost, no fee, cost nothing, not cost anything, not cost you anything, nothing to pay, pay nothing, not pay anything, at our expense
cheap: lower, reduce, drop, fall, decrease, go down, less
time: time, long, period
need: need, require, must, have to, necessary, take
wait: wait, allow, give it, patient
late: late, delay, overdue, behind, past
lost: lost, missing, gone, disappear, vanish
damage: damage, broken, break, harm, defective, faulty, fault, crack
fault: fault, faulty, defect, defective, wrong, broken, problem, issue
fix: fix, repair, mend
wrong: wrong, incorrect, mistake, typo, typing error, error
right: right, correct, proper
box: box, packaging, original packaging, package, wrapping
unused: unused, new, unworn
contact: contact, write, email, message, get in touch, reach out, tell, let know, call, reply, answer, speak, inform, report, ask
report: report, tell, let know, notify, inform, complain
inform: inform, email, message, let know, notify, tell, contact, mail, send
account: account, profile, login
signin: sign in, log in, login, logged in, signed in, signing in
signup: sign up, create an account, create account, register, make an account, open an account
email: email, e-mail, mail, message
inbox: inbox, mailbox
photo: photo, picture, image, snapshot, screenshot, photograph
choose: choose, pick, select, click, decide, option, choice, prefer, want, up to you, tick, press
open: open, go, look, visit, click
change: change, edit, update, modify, adjust, alter, switch, amend, move, correct
alter: change, shorten, lengthen, extend, affect
add: add, put, include, enter, apply
enter: enter, type, put in, fill in, provide, give
remove: remove, delete, take out, take off, erase, get rid
cancel: cancel, call off, end, stop, terminate
end: end, finish, run out, over, expire, stop, cease, until
start: start, begin, run from, count from, from, commence, run
last: last, valid, stay, run, good for, work
valid: valid, work, usable, active, last, good, still applies
expire: expire, run out, end, expiry
continue: continue, keep, stay, remain, run on, go on, still
keep: keep, hold, retain, stay, remain, hold on to
hold: hold, keep, stay, reserve, wait
reserve: reserve, hold, set aside, keep, authorise, authorisation, pending, reservation
pending: pending, reserve, authorisation, authorise, hold
release: release, let go, fall away, drop off, disappear, go away, vanish, gone, remove
bank: bank, card issuer
card: card, credit card, debit card
cover: cover, warranty, guarantee, protect, fall under, pay for
warranty: warranty, guarantee, cover
apply: apply, count, valid, work, available, include
count: count, consider, treat, regard, see as, belong, class
limit: limit, maximum
decide: decide, decision, determine, set, make up
check: check, inspect, inspection, examine, verify, look at, review, test, make sure, verification
verify: verify, verification, confirm, check, prove, identity
confirm: confirm, confirmation, verify, approve
approve: approve, approval, allow, confirm, accept
reason: reason, cause, why, because
customer: customer, you, client, buyer, shopper
buyer: buyer, giver, person who buy, purchaser
giver: buyer, giver, person
receiver: receiver, recipient, get
someone: someone, somebody, adult, anyone, anybody, person, aged 18
adult: adult, aged 18 or over, 18 or older, grown-up
team: team, support, we, us, agent, colleague
shop: shop, store, site, website, page
home: home, house
neighbour: neighbour, neighbor, next door
track: track, trace, follow, see, where, locate
trace: trace, search, inquiry, investigation, look for
scan: scan, update
code: code, number, coupon, voucher
coupon: coupon, promo code, promotion code, voucher, discount code
discount: discount, reduce, reduction, off, save, percent off, promotion
combine: combine, together, merge, join, use with, along with, join together
split: split, divide, several, separate, separately, spread
part: part, partial, partly, some, portion, only some, a piece
whole: whole, entire, complete, full, everything, all of, completely, all
several: several, multiple, more than one, many, a few
extra: extra, additional, another, more, second
separate: separate, separately, own, each, on its own, different
same: same, identical, very same
different: different, other, another
size: size, format
colour: colour, color
wash: wash, clean, laundry, launder, rinse
clean: clean, wash, free of stain
dry: dry, air
wet: wet, damp, moist, soak
mould: mould, mouldy, mold
rust: rust, rusty
blink: blink, flash
button: button, key
hour: hour
weekly: weekly, every week, once a week, per week
monthly: monthly, every month, once a month, per month
yearly: yearly, annual, annually, every year, once a year, per year
renew: renew, renewal, extend, prolong, continue
extend: extend, prolong, longer, lengthen
skip: skip, leave out, miss
pause: pause, suspend, break, hold
resume: resume, restart, continue, start again
subscription: subscription, membership, plan
member: member, membership, subscriber
gift: gift, present
credit: credit, balance
instalment: instalment, installment, payment, part payment
interest: interest, interest-free
invoice: invoice, bill, receipt
customs: customs, import, duty, tax, import tax
duty: duty, duties, customs charge, customs, import tax
country: country, abroad, nation
address: address, place, location
street: street address, street
redirect: redirect, reroute, divert, forward
appointment: appointment, agreed time, time slot, time window, day and time, booked
collect: collect, pick up, fetch, pick-up
pickup: pickup, pick-up, collection
attempt: attempt, try, retry, effort
try: try, attempt, retry, test
safe: safe, secure
signature: signature, sign
child: child, minor
quick: quick, fast, soon, prompt
soon: soon, shortly, quick
normal: normal, usual, regular, standard, ordinary, typical
usually: usually, normally, generally, typically, mostly, most of the time, often
most: most, nearly all, mostly, majority
about: about, around, roughly, approximately, some, near, close to, something like
fewer: fewer, less, below, under
above: above, over, more than, exceed, higher, greater, beyond, from
least: least, minimum, or more, at least
hide: hide, block
block: block, prevent, stop, lock
lock: lock, locked, block
unlock: unlock, open, release
wrongpw: wrong password, failed password
password: password, passcode, pin
refuse: refuse, decline, reject, turn down, turn away, deny
decline: decline, refuse, reject, turn down, fail
fail: fail, unsuccessful, decline
succeed: succeed, work, success, successful
accept: accept, take, allow
allow: allow, permit, possible, fine, able
available: available, in stock, offer, possible, work
stock: stock, available
soldout: sold out, out of stock, sell out
notify: notify, alert, notification
alert: alert, notification, email
label: label, sticker
print: print, print out
attach: attach, stick, put on
use: use, spend, apply, redeem, used
spend: spend, use, pay with
open2: opened, open, unsealed, unwrap, unpack
unpack: unpack, unwrap, open, take out
look: look, see, view, check
see: see, view, find, shown, show, display, look
show: show, display, appear, list, say, name, state, see, tell
appear: appear, show, come up, turn up, see, list
list: list, name, show
name: name, call, say
explain: explain, describe
describe: describe, description, explain
short: short, brief
help: help, assist, support
step: step, stage
work: work, function, operate
stop: stop, end, cease, prevent, keep from
prevent: prevent, keep from, stop, avoid
avoid: avoid, prevent, stop
cause: cause, make, lead to, result, because of, due to
lead: lead, result, cause, get, give, bring
make: make, create, cause
create: create, make, open, set up, generate
like: like, suit, please, enjoy, happy with, taste
buy2: buy, get, purchase
student: student, study
learn: university, college, school
law: law, legal, legally
privacy: privacy, data, personal data
data: data, information, details
details: details, data
transfer: transfer, wire, bank transfer
month: month
night: night
old: old, earlier, previous, former
new: new, fresh, another
earlier: earlier, previous, before, sooner
receipt: receipt, proof
guest: guest, without an account, no account
mobile: mobile, phone, cell
phone: phone, mobile, telephone
app: app, application
text: text, sms, text message
browser: browser
weekend: weekend, saturday, sunday
business: business day, working day, weekday
automatic: automatically, automatic, by itself, on its own, by themselves
itself: by itself, on its own, automatically, itself
harmless: harmless, not harmful, safe, not hurt, nothing to worry about, no reason to worry, normal
forbidden: forbidden, prohibited
exclude: exclude, leave out
dishwasher: dishwasher
dryer: dryer, tumble dryer
seal: seal, sealed
shine: shine, shiny
blunt: blunt, dull
sharp: sharp, sharpen
temperature: temperature, degree
warm: warm, hot, heat
cold: cold, cool, chilly
heat: heat, hot, warm
big: big, large, bulky
bulky: bulky, big, large, furniture
small: small, little, tiny
light: light, lamp, bulb
little: little, bit, few, some, small
mix: mix, stir, blend
turn: turn, rotate
air: air, ventilate
smell: smell, odour, odor
stain: stain, spot, mark
spot: spot, mark, stain
wear: wear, tear, wear and tear
misuse: misuse, abuse
scratch: scratch
sag: sag, sagging
zip: zip, zipper
waterproof: waterproof, water-resistant
bean: bean
roast: roast
taste: taste, flavour, flavor
grind: grind, ground
claim: claim, request, make a claim
request: request, ask, ask for
form: form
identity: identity, identify, who
adjacent: neighbour
fuel: fuel
move: move, transfer
share: share, portion, proportion
half: half
double: double, twice, second time
duplicate: duplicate, double, twice
first: first
original: original, initial
initial: initial, first, original
remaining: remaining, rest, left, remain, outstanding
left: left, remain, remaining, rest
rest: rest, remaining, remainder, others
next: next, following, coming
following: following, next, after
instead: instead, rather
still: still
quantity: quantity, number, how many
per: per, each, every
certain: certain, sure
own: own
secret: secret
household: household, home, family
unplug: unplug, disconnect
finish: finish, complete, done, end
complete: complete, finish, done, whole, full
done: done, complete, finish
reset: reset
pair: pair, connect
connect: connect, pair
charge3: charge, recharge
battery: battery
full: full, fully, completely, whole, complete, all the way
oil: oil
rinse: rinse
soft: soft, gentle
gentle: gentle, mild, soft
mild: mild, gentle
tool: tool, utensil
place: place, receive your order, receive order, put in
metal: metal
stop2: stop using, throw away
dispose: throw away, discard, dispose
promise: promise, guarantee
sell: sell
competitor: competitor, other shop, another shop
match: match, equal
sure: sure, certain
newsletter: newsletter, marketing email
unsubscribe: unsubscribe, opt out, opt-out, stop marketing, object
cookie: cookie
consent: consent, agree, say yes, permission
adjust: adjust, change
store: store, keep, save, put away
save: save, store, keep
expiry: expiry, expiration
ask: ask, request, want to know
answer: answer, reply, respond, response, hear
decision: decision, answer, result, decide
result: result, outcome, answer, decision
outcome: outcome, result
hear: hear, answer, reply, inform
country-netherlands: netherlands, dutch, holland
country-belgium: belgium, belgian
country-germany: germany, german
country-france: france, french
country-austria: austria, austrian
country-switzerland: switzerland, swiss
country-norway: norway, norwegian
country-sweden: sweden, swedish
country-denmark: denmark, danish
country-ireland: ireland, irish
country-spain: spain, spanish
country-italy: italy, italian
country-poland: poland, polish
country-uk: uk, united kingdom, british, britain
country-usa: usa, united states, america, american
`;
