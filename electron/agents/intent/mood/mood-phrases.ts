/** A turn of phrase, what it adds to the sentiment (AFINN scale, -5 to 5) and to the anger points. */
export interface MoodPhrase {
  readonly pattern: RegExp;
  readonly score: number;
  readonly anger: number;
}

const phrase = (score: number, anger: number, ...sources: string[]): MoodPhrase => ({
  pattern: new RegExp(`\\b(?:${sources.join('|')})(?![\\p{L}])`, 'giu'),
  score,
  anger,
});

/** How customers complain, rage and praise; word lists score single words only. Chosen by hand, shown to the rep as reason words. */
export const moodPhrases: readonly MoodPhrase[] = [
  // Rage: enough alone.
  phrase(
    -4,
    2,
    String.raw`how dare you|don'?t you dare|shame on you|(?:you |all of you )?should be ashamed`,
    String.raw`(?:so |really |beyond |extremely )?(?:furious|livid|fuming|enraged|infuriat(?:ed|ing)|outrag(?:ed|eous)|disgusted|disgusting|disgrace(?:ful)?|unacceptable|appall(?:ed|ing)|despicable)`,
    String.raw`(?:sick and tired|sick to death) of|had (?:it|enough)(?: of| with)|lost (?:all )?(?:my )?patience|last straw|(?:so |totally |completely )?done with (?:you|this)|beyond angry`,
    String.raw`wtf|what the (?:hell|heck|fuck|f)|(?:go to|bloody) hell|screw (?:you|this|that)|goddamn|do your (?:\w+ )?job|bullshit|shit(?:ty|s)?|crap|fuck\w{0,6}|piss(?:ed)?(?: off)?`,
    String.raw`idiots?|morons?|imbeciles?|incompeten(?:t|ce)|clowns?|liars?|crooks?|thieves|scammers?|(?:is|are|total|complete|a|such) (?:a )?scam|fraudsters|con artists?|rip[- ]?offs?|ripp(?:ed|ing) (?:me|us|people) off`,
    String.raw`(?:stolen|stole|stealing|steal) (?:my|our|people's) money|(?:keep |stop |kept )ly?ing(?: to (?:me|us))?|lied to (?:me|us)|pathetic|(?:(?:this|that|it|what) is|(?:this|that|it)'s|you are) (?:\w+ )?(?:ridiculous|absurd)|joke of a|what a joke|(?:complete|total|absolute|utter) (?:joke|waste|disaster|nonsense)`,
    String.raw`(?:are you|you must be|you've got to be|you have got to be) (?:fucking )?(?:kidding|joking|deaf|blind|stupid|serious)(?: me)?|for the last time|what is wrong with you`,
    String.raw`worst (?:\w+ ){0,3}(?:ever|in my life)|beyond (?:belief|a joke)`,
  ),
  phrase(
    -4,
    2,
    String.raw`what part of (?:\w+ ){1,4}(?:do|don't|did)|(?:have|has|got|of|with) (?:some|the|a lot of) nerve|the (?:cheek|audacity|nerve) (?:of|to)|(?:absolutely |so )?(?:raging|seething|enraged|irate|appalled|incensed|pissed)|boiling with|theft|thieving|robbery|daylight robbery`,
    String.raw`i swear|(?:going to |will |about to )lose (?:it|my (?:mind|temper|patience))|driv(?:es?|ing) (?:me|us) (?:crazy|mad|nuts|insane|up the wall)|get your act together|enough is enough|i've had enough|i (?:will|am|do) not (?:accept|tolerate|stand for|put up with)|(?:stop|quit) (?:wasting|ignoring|messing|playing|harassing|taking the)`,
    String.raw`(?:complete |total |absolute |utter )?(?:shambles|farce|fiasco|circus|clown show|clusterfuck|train wreck)|(?:totally |completely |utterly )?(?:inexcusable|unforgivable|intolerable|indefensible|shameful|shameless)|treated like (?:dirt|garbage|trash|rubbish|a criminal|an idiot)|(?:or|and) (?:else|see what happens)|what (?:a bunch|a load)|load of (?:rubbish|crap|nonsense)|sick of (?:this|you|your|it|being)|liar,? liar|go bankrupt|(?:i )?hope you (?:go|get|lose)`,
  ),
  // Sharp words: anger only together with other signs.
  phrase(
    -3,
    1,
    String.raw`useless|terribl[ey]|horribl[ey]|horrendous|atrocious|dreadful|abysmal|awful|rubbish|garbage|trash|worst|nonsense|insult(?:ing|ed)?|hate|hated|angry|ridiculous|absurd|damn(?:ed)?|scammed|cheated|robbed|mad at|unbelievable|scandal(?:ous)?|mess(?:ed)? up`,
    String.raw`never again|(?:fix|answer|give|send|refund|cancel|solve|do|help)(?: \w+){0,6} now(?=\W*$)|i demand|demand (?:a|an|my|that)|i will report|i'?ll report|every single time|no excuse|(?:your|these|stupid|lame|endless) excuses?|how hard (?:can it be|is it)|(?:you|you guys|you people) (?:never|always|keep)|you people|treat(?:ing|ed)? (?:me|us|customers|people) (?:like|this)`,
  ),
  phrase(
    -3,
    1,
    String.raw`hid(?:e|ing) behind|cheek|disaster|catastroph(?:e|ic)|(?:last|final) (?:chance|warning)|i refuse to|refuse to (?:pay|wait|accept)|report you|took (?:my|our|\S+ \w+ from) (?:money|me|us)|copy[- ]?(?:and[- ]?)?paste|(?:canned|scripted|automated|robotic) (?:reply|replies|answers?|responses?)|(?:^|[.!] ?)enough(?=[.!])|answer me|laughable|stupid|dumb|lazy|incapable|hopeless|negligen(?:t|ce)|deceptive|dishonest|hypocrites?|extortion|greedy|mock(?:ing|ery)|nobody (?:gives a|bloody)`,
  ),
  // Disappointment: unhappy, not angry.
  phrase(
    -3,
    0,
    String.raw`disappoint(?:ed|ing|ment)|let ?down|unhappy|dissatisf(?:ied|ying)|regret(?:s|ted)?|frustrat(?:ed|ing|ion)|annoy(?:ed|ing)|upset|fed up|sadly|sad|ruined|unfair|poor(?:ly)? (?:quality|made|service|support|experience|design(?:ed)?)|bad (?:quality|service|experience|design)|cheap(?:ly)? made|low quality`,
    String.raw`not (?:good enough|acceptable|worth (?:it|the (?:money|price))|what i (?:expected|ordered|paid for)|impressed|happy|satisfied|pleased|amused|cool|ok|okay)|expected (?:more|better)|(?:gone|going|went) downhill|waste(?:d)?(?: of)?(?: \w+){0,3} (?:money|time|hours?|days?|afternoon|morning)|wast(?:e|ed|ing) my|don'?t trust|lost trust|no trust`,
  ),
  // Tired of waiting and of not being heard.
  phrase(
    -2,
    0,
    String.raw`(?:nobody|no one|no-one|noone|none of you) (?:ever )?(?:answers?|answered|replie[sd]|reply|respond(?:s|ed)?|cares?|cared|called?|calls|calling|helps?|helped|picks? up|told|knows|bothers?|bothered|reads?)`,
    String.raw`wait(?:ed|ing)(?: for)?(?: \w+){0,2} (?:a|two|three|four|five|six|\d+) (?:days|weeks?|months?)|still (?:waiting|no (?:reply|answer|response|refund|news|solution|sign)|nothing|not (?:fixed|solved|resolved|working|here|arrived|refunded|received))|nothing happens?|nothing has happened|(?:been|being) ignored|ignor(?:es?|ing) (?:me|my|us)`,
    String.raw`(?:second|third|fourth|fifth|sixth|2nd|3rd|4th|5th|\d+th|umpteenth|nth) time|(?:for|over|after) (?:a|two|three|four|five|six|\d+|several|many) (?:weeks?|months?)(?: now)?|takes? forever|(?:yet )?another (?:delay|excuse|wrong)|once again|(?:broke|broken|failed|late|wrong|delayed|down|crash(?:ed|es)|declined) again|keeps? (?:crashing|failing|freezing|breaking|happening|disconnecting)|never works?|doesn'?t even work|promised (?:me |us )?(?:a|that|to|it)`,
    String.raw`(?:way |far |much )too (?:small|big|slow|loud|expensive|hard|thin|short|long|complicated)|feels? cheap|looks? nothing like|fell apart|came apart|falling apart|fall(?:s|ing)? apart|did(?:n'?t| not) survive|out of order|(?:very |so |extremely |painfully )(?:slow|late|confusing|buggy|poor|bad|rude|unhelpful|complicated)|rude|unhelpful|unprofessional|careless|sloppy|buggy|laggy|overpriced|misleading|nightmare`,
  ),
  phrase(
    -2,
    0,
    String.raw`(?:hours?|minutes|days?|weeks?|months?) (?:on hold|in (?:the|a|your) queue|of (?:waiting|calls|emails|back and forth|silence)|without (?:a |any |my |our )?\w+)|on hold for|line went dead|hung up(?: on me)?|cut (?:me )?off|left hanging|in the dark|radio silence|deafening silence`,
    String.raw`(?:explained|told|asked|called|written|wrote|contacted|emailed|mailed|phoned|tried|repeated|sent|reported|spoken)(?: \w+){0,5} (?:two|three|four|five|six|seven|\d+|several|many|multiple|countless|numerous|a dozen) (?:different )?(?:people|times|agents|reps|colleagues|emails|mails|calls|tickets|messages|departments)|(?:keep|keeps|kept) (?:getting|being|sending|telling|asking|passing|transferring|changing|saying|on|coming|going|giving|losing|forgetting|having)`,
    String.raw`(?:round |around )?in circles|passed (?:around|from)|from pillar to post|ha(?:ve|d) to (?:chase|call|write|ask|repeat|explain|beg)(?: \w+){0,3} (?:again|twice|every|you|times)|why do i (?:always |still )?have to|always have to|chas(?:e|ing) (?:you|this|after)|(?:now|then) you (?:say|tell|claim|want)|was told(?: \w+){0,6} (?:but|now|then|yet)|(?:nothing|no (?:help|progress|improvement|change)) (?:since|yet|so far|at all|again)|no (?:reply|answer|response|apology|explanation|solution|communication|compensation|call ?back|sign)(?! (?:needed|necessary|required))`,
    String.raw`los(?:e|t|ing) (?:all )?(?:confidence|faith|hope|trust|interest)|not (?:the|a|an|how|much of an?) (?:\w+ ){0,2}(?:experience|service|quality|standard|product|support|way|improvement|help)|(?:barely|hardly) (?:works?|usable|helps?|lasted|charges|heats|any)|(?:won't|will not|would not) (?:buy|order|shop|recommend|come back|use)(?: \w+){0,3}(?: again)?|not recommend(?:ed)?|avoid(?: \w+){0,2} (?:company|shop|brand|product|them)|wish i (?:had not|hadn't|never)|could have been better|less than (?:ideal|impressed|happy)|far from (?:happy|ideal|perfect|good|impressed)|left me (?:with(?:out)?|feeling|in)|what's the point|pointless|inconvenien(?:t|ce)|unreliable|inadequate|mediocre|underwhelm(?:ed|ing)|subpar|lousy|shoddy|flimsy|wobbly|tacky|clunky|cumbersome|tedious|uncomfortable|unusable|faulty again`,
    String.raw`(?:after|within|in) (?:just |only |less than )?(?:one|two|three|a|the first|\d+) (?:single )?(?:use|uses|wash|washes|trip|trips|wear|nights?)|(?:the )?(?:very )?first (?:time|night|day|use|wash|trip) (?:i|we|it)|(?:came|fell|falling|coming) off|(?:has |have )?(?:faded|peel(?:ed|s|ing)|shr(?:u|a)nk|rusted|rusty|snapped|unravel(?:led|ed|ling)|worn out|stopped charging|gave up|died on me)|smells? (?:of|like|bad|awful|funny|weird|terrible|horrible)|headaches?|another (?:week|month|day|hour|weekend) (?:without|of|and|gone|lost|wasted)`,
  ),
  // Said with a sneer.
  phrase(
    -5,
    0,
    String.raw`thanks for nothing|thanks a lot(?= ?\.{2,})|(?:oh )?(?:great|fantastic|wonderful|brilliant|lovely|perfect|nice|awesome|super)[,.!]{0,3} (?:another|yet another|now|so now|just great|more|here we go)(?: \w+){0,4}(?:[.,!] just what (?:i|we) (?:needed|wanted))?|here we go again|good luck (?:reaching|getting|finding|with)|(?:so|some) much for|nice (?:try|one) but|as (?:usual|always|expected),? (?:no|nothing|late|wrong|nobody)|yeah,? right|what a surprise`,
  ),
  // Praise.
  phrase(
    3,
    0,
    String.raw`best (?:\w+ ){1,4}(?:ever|i have|i've|i had|we have|we've|in (?:years|ages|town|my life))|best (?:purchase|service|support|shop|company|team|decision|experience|product|gift)|(?:nicest|kindest|fastest|friendliest|easiest|smoothest|quickest|loveliest|most helpful|most comfortable) \w+|shout[- ]?out|hats off|kudos|props to|chapeau|bravo|(?:10|ten)(?:/| out of )(?:10|ten)|(?:5|five)(?:/| out of )(?:5|five)|big (?:fan|thank you|thanks|thumbs up)|thumbs up|(?:already |huge |a )fan(?: of)?|adores?|absolutely (?:love|loved|loves|perfect|beautiful|brilliant|fantastic|stunning)|in no time|(?:days?|hours?|week) early|earlier than (?:expected|promised|planned)|well (?:wrapped|packed|packaged|made|designed|built|organised|organized|explained)|before i (?:even|had|could)|saved (?:me|us|my|our|the day)|worth (?:every|the) (?:penny|cent|money|wait)|exceed(?:s|ed)?(?: all)?(?: \w+)? expectations|above and beyond|spot on|bang on|top (?:job|team|service|quality|shop)|first class|world class|grateful|heartfelt|made (?:it|this|that|things|everything) (?:so )?easy|(?:would|will) (?:definitely |happily |gladly )?(?:buy|order|shop|come|use)(?: \w+){0,4} (?:again|twice)|loving (?:it|the|my|this|these)|(?:so|very|super|really|incredibly) (?:easy|simple|kind|nice|friendly|comfortable|comfy|cosy|soft|pretty|helpful|patient|good|fast|quick)|can't fault|nothing but praise|pleasure (?:to|doing|dealing)`,
  ),
  phrase(
    3,
    0,
    String.raw`(?:thank you|thanks)(?: you)? (?:so much|very much indeed|a million|a bunch|a ton)|many many thanks|(?:much|really|greatly|highly) appreciated?|appreciate (?:your|the|you|it|that|all)|life ?saver|made my day|(?:work(?:s|ed|ing)?) (?:like a charm|perfectly|great|wonders|beautifully|flawlessly)|(?:five|5)[- ]stars?|well done|good job|great job|nice job|keep up|(?:very|so|really|extremely|super|incredibly|quite|fully|completely) (?:happy|pleased|satisfied|helpful|impressed|glad|friendly|easy|kind|quick|fast)`,
    String.raw`(?:would|will|can only|can|highly) (?:definitely |certainly |highly )?recommend|over the moon|(?:exactly|just) what (?:i|we) (?:needed|wanted|was looking for|were looking for)|(?:could|can)(?:n'?t| not) (?:be|have been) happier|no complaints|(?:turned|worked|came) out (?:great|fine|well|perfect(?:ly)?|better)|(?:even )?better than (?:expected|in the|i|on the)|extra mile|a joy|pleasant(?:ly)?|pain ?less|smooth(?:ly)?|surprisingly good|top[- ]notch|second to none|will (?:order|buy|shop|come back|be back)(?: \w+){0,2} again|held up (?:well|beautifully|great)`,
  ),
  phrase(
    2,
    0,
    String.raw`(?:thank you|thanks) for (?:the|your|being|helping|explaining|going|sorting|solving|making|getting|taking|all|everything|such)(?: \w+){0,3} (?:help|patience|kind(?:ness)?|quick|fast|great|lovely|wonderful|swift|effort|support|service|work|answer|reply|response|advice)|(?:it|that|this|everything|all|now) (?:solved it|did the trick|(?:works|worked|fits) (?:perfectly|great|beautifully|a treat|again now|now,? thank))|(?:refund|parcel|order|replacement) (?:received|arrived) already|sorted(?: it)? (?:out )?(?:in|within|so)|looks (?:great|amazing|lovely|beautiful|gorgeous|fantastic)|gorgeous|delight(?:ed|ful)|thrilled|satisfied`,
  ),
];
