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
  // Sharp words: anger only together with other signs.
  phrase(
    -3,
    1,
    String.raw`useless|terribl[ey]|horribl[ey]|horrendous|atrocious|dreadful|abysmal|awful|rubbish|garbage|trash|worst|nonsense|insult(?:ing|ed)?|hate|hated|angry|ridiculous|absurd|damn(?:ed)?|scammed|cheated|robbed|mad at|unbelievable|scandal(?:ous)?|mess(?:ed)? up`,
    String.raw`never again|(?:fix|answer|give|send|refund|cancel|solve|do|help)(?: \w+){0,6} now(?=\W*$)|i demand|demand (?:a|an|my|that)|i will report|i'?ll report|every single time|no excuse|(?:your|these|stupid|lame|endless) excuses?|how hard (?:can it be|is it)|(?:you|you guys|you people) (?:never|always|keep)|you people|treat(?:ing|ed)? (?:me|us|customers|people) (?:like|this)`,
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
  // Praise.
  phrase(
    3,
    0,
    String.raw`(?:thank you|thanks)(?: you)? (?:so much|very much indeed|a million|a bunch|a ton)|many many thanks|(?:much|really|greatly|highly) appreciated?|appreciate (?:your|the|you|it|that|all)|life ?saver|made my day|(?:work(?:s|ed|ing)?) (?:like a charm|perfectly|great|wonders|beautifully|flawlessly)|(?:five|5)[- ]stars?|well done|good job|great job|nice job|keep up|(?:very|so|really|extremely|super|incredibly|quite|fully|completely) (?:happy|pleased|satisfied|helpful|impressed|glad|friendly|easy|kind|quick|fast)`,
    String.raw`(?:would|will|can only|can|highly) (?:definitely |certainly |highly )?recommend|over the moon|(?:exactly|just) what (?:i|we) (?:needed|wanted|was looking for|were looking for)|(?:could|can)(?:n'?t| not) (?:be|have been) happier|no complaints|(?:turned|worked|came) out (?:great|fine|well|perfect(?:ly)?|better)|(?:even )?better than (?:expected|in the|i|on the)|extra mile|a joy|pleasant(?:ly)?|pain ?less|smooth(?:ly)?|surprisingly good|top[- ]notch|second to none|will (?:order|buy|shop|come back|be back)(?: \w+){0,2} again|held up (?:well|beautifully|great)`,
  ),
  phrase(
    2,
    0,
    String.raw`(?:thank you|thanks) for (?:the|your|being|helping|explaining|going|sorting|solving|making|getting|taking|all|everything|such)(?: \w+){0,3} (?:help|patience|kind(?:ness)?|quick|fast|great|lovely|wonderful|swift|effort|support|service|work|answer|reply|response|advice)|(?:it|that|this|everything|all|now) (?:works|worked|solved it|did the trick|fits)(?: (?:now|again|perfectly|great|well))?|(?:refund|parcel|order|replacement) (?:received|arrived) already|sorted(?: it)? (?:out )?(?:in|within|so)|looks (?:great|amazing|lovely|beautiful|gorgeous|fantastic)|gorgeous|delight(?:ed|ful)|thrilled|satisfied`,
  ),
];
