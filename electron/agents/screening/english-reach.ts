import { patternsOf as of } from './patterns-of.js';
import type { InjectionPatterns } from './technique.js';

const ROLE =
  '(?:manager|supervisor|administrator|admin|ceo|cto|director|developer|engineer|head of \\w+|team lead(?:er)?|system owner|operator|security team|it department|support lead|store owner|shop owner)';
const SHOW =
  '(?:show|list|give|send|tell|print|dump|export|display|reveal|look up|fetch|retrieve|get|read out|disclose|share|return)';
const PEOPLE = "(?:customers?|users?|accounts?|clients?|people|persons?|buyers?)(?:'s|s'|')?";
const THEIRS =
  '(?:orders?|data|details?|address(?:es)?|e-?mails?|names?|numbers?|passwords?|cards?|history|records|info\\w*|phones?|purchases)';

/**
 * Sentences in English that reach for what no text may decide: which tool runs, whose data is shown, what the reply says word for word,
 * where data goes. "Send me my data" and "forward this to your manager" stay untouched.
 */
export const englishReach: readonly InjectionPatterns[] = [
  of(
    'fake_tool_result',
    '_|tool|function|api|backend|database|observation|\\{',
    '\\b[a-z]{2,}_[a-z_]{2,}\\s*(?:\\([^)\\n]{0,80}\\))?\\s*(?:(?:returned|result|output|response|replied|says)\\b|=>|->|\u2192|[:=]\\s*[{"\'])',
    '^\\W*(?:(?:tool|function|api|backend|database)\\s*(?:result|output|response|call|reply|return(?:ed)?|says)|observation)\\s*(?:\\([^)\\n]{0,60}\\)\\s*|#?\\d+\\s*)?[:=]',
    '\\{\\s*["\'](?:status|result|approved|refund|refund_status|order_status|eligible|authori[sz]ed|verified|role)["\']\\s*:',
  ),
  of(
    'tool_selection',
    '_|tool|function|api|endpoint|plugin|command|\\{|table|delete|select|rm -rf|curl|wget|os\\.|subprocess',
    '\\b(?:call|invoke|run|execute|trigger|use|fire)\\s+(?:the\\s+|your\\s+)?[`"\']?[a-z]{2,}(?:_[a-z]+)+\\b(?![@.])',
    '\\b[a-z]{2,}(?:_[a-z]+)+\\s*\\(',
    '\\b(?:call|invoke|execute|trigger)\\s+(?:the|your|an?)\\s+(?:[\\w-]+\\s+){0,3}(?:tools?|functions?|api|endpoint|plugin)\\b',
    '\\b(?:use|run|start)\\s+(?:the|your)\\s+(?:refund|cancel\\w*|order|customer|look-?up|search|e-?mail|payment|admin|delete|update|write|database|sql|internal|browser|shell)[\\w -]{0,20}\\b(?:tool|function|api|endpoint|plugin|command)\\b',
    '\\{\\s*["\'](?:tool|tool_calls?|function|function_call|action|tool_name|name)["\']\\s*:',
    '\\b(?:drop table|delete from \\w+|select \\* from|union select|rm -rf|curl https?:|wget https?:|os\\.system|subprocess\\.)',
  ),
  of(
    'scope_widening',
    'customer|user|account|client|people|person|buyer|internal|confidential|hidden|staff|agent-only|employee|admin|owner|@|scope|permission|access',
    `\\b${SHOW}\\b[^.!?\\n]{0,40}\\b(?:all|every|any|other|another|each|different|someone else'?s?|somebody else'?s?|the (?:last|previous|next))\\s+(?:\\w+\\s+){0,2}${PEOPLE}(?!\\w)[^.!?\\n]{0,30}\\b${THEIRS}\\b`,
    `\\b${SHOW}\\b[^.!?\\n]{0,30}\\b${THEIRS}\\b[^.!?\\n]{0,15}\\b(?:of|from|for|belonging to|about)\\s+(?:all|other|another|every|any|each|different|the last|the previous|the next)\\s+(?:\\w+\\s+)?(?:customers?|users?|accounts?|clients?|people|buyers?)\\b`,
    `\\b${SHOW}\\b[^.!?\\n]{0,40}\\b(?:all|every|entire|whole|full|complete)\\s+(?!my\\b|our\\b)(?:\\w+\\s+){0,2}(?:customer|user|client)s?\\s?(?:database|table|list|records|data)\\b`,
    '\\b(?:show|list|give|send|tell|print|dump|quote|reveal|read|share|paste|copy|include|cite)\\b[^.!?\\n]{0,40}\\b(?:internal|confidential|hidden|staff-only|agent-only|employee-only)[- ](?:\\w+ )?(?:notes?|articles?|documents?|knowledge|polic(?:y|ies)|procedures?|playbooks?|guidelines?|limits|information|memos?|texts?)\\b',
    '\\b(?:treat|regard|consider|handle) me as (?:if i were )?(?:an? |the )?(?:\\w+ ){0,2}(?:employee|staff|admin|administrator|owner|[\\w.+-]+@)',
    '\\b(?:switch|change|set|widen|extend|expand)\\b[^.!?\\n]{0,30}\\b(?:scope|access level|permissions?|customer (?:id|context))\\b[^.!?\\n]{0,30}\\b(?:to|of|all|admin)\\b|\\bswitch to the (?:account|customer|profile) of\\b',
  ),
  of(
    'dictation',
    'exact|verbatim|only|following|word|phrase|string|nothing|these|this|with|must|has to|needs to|shall|repeat|say|write|type|asked|answer|reply|respond|draft|summari',
    '\\b(?:respond|reply|answer|output|print|write|return)\\s+(?:only\\s+|just\\s+|exactly\\s+|verbatim\\s+|to (?:this|the customer|every(?:one| question)) )*(?:with\\s+)?(?:exactly|verbatim|only the (?:words?|text|string)|the (?:exact )?(?:following|words?|phrase|string)|nothing (?:but|except|else))\\b',
    '\\b(?:include|insert|add|put|place|copy|paste|append|embed|mention|quote)\\b[^.!?\\n]{0,40}\\b(?:following|exact|these words|this (?:text|sentence|link|code|line|phrase|string))\\b[^.!?\\n]{0,40}\\b(?:in|into|to|at|on)\\b[^.!?\\n]{0,30}\\b(?:your|the|every|each|all|any) (?:\\w+ ){0,2}(?:reply|replies|response|responses|answers?|drafts?|summary|output)\\b',
    '\\b(?:begin|start|end|finish|open|close) (?:your|every|each|all) (?:\\w+ )?(?:repl(?:y|ies)|responses?|answers?|drafts?) with\\b',
    '\\b(?:your|every|each) (?:\\w+ )?(?:reply|response|answer|draft|output) (?:must|has to|needs to|shall) (?:always |only |exactly )?(?:contain|include|say|state|mention|begin|start|end|confirm)\\b',
    '\\b(?:say|write|type|repeat)(?: after me)?\\s*[:,]?\\s*["\'\u201c\u2018][^"\'\u201d\u2019\\n]{3,160}["\'\u201d\u2019]\\s*(?:and nothing else|exactly|verbatim|in your (?:reply|answer|response)|to (?:every|the) (?:customer|user))',
    '\\b(?:when|if|whenever) (?:asked|you (?:answer|reply|respond|draft|write|summari[sz]e)|answering|drafting|summari[sz]ing|replying|responding)\\b[^.!?\\n]{0,80}\\b(?:always|never|claim|pretend|recommend|tell (?:them|the customer|everyone)|say that)\\b',
  ),
  of(
    'exfiltration',
    'http|www|ftp|webhook|url|query|!\\[|image|markdown|pixel|iframe',
    '\\b(?:send|post|forward|submit|transmit|upload|exfiltrate|report|leak|pass|deliver|pipe)\\b[^.!?\\n]{0,60}\\b(?:conversation|chat|history|transcript|prompt|credentials|context|notes?|data|details|orders?|addresses|contents?|results?|summary|keys?|tokens?)\\b[^.!?\\n]{0,30}\\b(?:to|at|via)\\b[^.!?\\n]{0,30}(?:https?:\\/\\/|webhook|www\\.|ftp:)',
    '\\b(?:append|add|insert|attach|put|encode|include|substitute|replace|fill|concatenate)\\b[^\\n]{0,100}(?:\\b(?:url|query(?: string)?|query parameter)\\b|https?:\\/\\/\\S*[?&][\\w-]+=(?:\\s|$|[{<[]))',
    '\\b(?:render|display|show|embed|load|output|write|include)\\b[^.!?\\n]{0,40}\\b(?:markdown|image|picture|pixel|iframe)\\b[^.!?\\n]{0,60}(?:https?:\\/\\/|!\\[|\\{)',
    '\\b(?:fetch|browse|load|request|ping|curl)\\b\\s+https?:\\/\\/\\S+[^.!?\\n]{0,60}\\b(?:and (?:follow|execute|do|obey|run)|for (?:further|your|new) instructions)\\b',
  ),
  of(
    'encoded',
    'decod|decrypt|decipher|deobf|rot|base|hex|caesar',
    '\\b(?:decode|decrypt|decipher|deobfuscate|un-?rot|base-?64|rot-?13|hex-?decode|caesar)\\b[^.!?\\n]{0,80}\\b(?:follow|obey|execute|do what|carry out|comply|run|act on|as instructions?|and (?:then )?(?:do|answer|reply|respond))\\b',
  ),
  of(
    'split_payload',
    'combin|concat|join|put together|merge|assembl|glue|add up|stitch|=|let |set |define|store|remember',
    '\\b(?:combine|concatenate|join|put together|merge|assemble|glue|add up|stitch)\\b[^.!?\\n]{0,80}\\b(?:parts?|pieces?|messages?|strings?|variables?|letters|fragments?|halves|words?|[a-d] ?(?:\\+|and|,) ?[a-d])\\b[^.!?\\n]{0,80}\\b(?:follow|execute|obey|do (?:it|what)|run|act|carry|comply|instructions?|commands?)\\b',
    '\\b(?:let|set|define|store|remember)\\s+(?:\\w+\\s+)?["\']?[a-z]\\w{0,8}["\']?\\s*(?:=|be|as|:=)\\s*["\'\u201c]',
  ),
];

/** Claims to speak for the team. In the team's own articles they are the team's: there they are honest. */
export const forgedAuthority: InjectionPatterns = of(
  'policy_forging',
  'approv|authori|order|instruct|permit|allow|command|direct|require|grant|overrid|signed|mandat|polic|security|compliance|admin|system|immediate|today|clear',
  `\\b(?:as|being|i am|i'm|this is|speaking as|acting as)\\s+(?:the|a|an|your|our)\\s+(?:\\w+ ){0,2}${ROLE}\\b(?! of (?:the|this|my|our) (?:account|order|card|household|building))[^.!?\\n]{0,60}\\b(?:i|we)\\s+(?:\\w+ )?(?:approve|authori[sz]e|order|instruct|permit|allow|command|direct|require|grant|override)`,
  '\\b(?:approved|authori[sz]ed|signed off|mandated|ordered) by (?:the )?(?:ceo|system administrator|openai|anthropic|developers|security team|compliance team|policy engine)\\b',
  '\\b(?:openai|anthropic|your developers?|your creators?|the developers? of this (?:system|assistant))\\b[^.!?\\n]{0,40}\\b(?:instruct|authori[sz]e|order|require|approve|allow|ask(?:s|ed)? you|told you|updated)',
  '^\\W*(?:urgent |important |emergency |official |internal |new |system )*(?:policy|security|system|compliance|admin) (?:update|notice|override|change|alert|bulletin)\\s*(?:\\([^)\\n]{0,30}\\))?\\s*[:\u2013\u2014-]',
  '\\b(?:effective immediately|with immediate effect|as of today|from today)\\b,?[^.!?\\n]{0,60}\\b(?:all|every|any)\\b[^.!?\\n]{0,30}\\b(?:refunds?|returns?|orders?|customers?|requests?)\\b[^.!?\\n]{0,50}\\b(?:approved|granted|free|must|should|entitled|receive|unlimited|without)\\b',
  '\\b(?:the|your|our) (?:new|updated|real|actual|current) (?:refund |return |company |internal )?policy (?:is|says|states|allows|requires|now)\\b[^.!?\\n]{0,60}\\b(?:approve|grant|always|every|immediately|without (?:proof|evidence|check))',
  '\\bi (?:hereby )?(?:authori[sz]e|permit|order|instruct|command|allow) you to (?:waive|bypass|ignore|skip|reveal|grant|override|disclose|disregard)\\b',
  '\\b(?:you are|you have been) (?:hereby )?(?:authori[sz]ed|permitted|allowed|instructed|cleared|ordered) to\\b[^.!?\\n]{0,60}\\b(?:refund|approve|grant|issue|credit|waive|reveal|share|disclose|skip|bypass|ignore|override)',
);

/** What is honest in a note for reps and never in a public article or a record of a business system: orders about the reply. */
export const steering: InjectionPatterns = of(
  'dictation',
  'customer|user|buyer|client|person|reader|always|never|approve|refund|issue|grant|waive|escalate|override|unlock|mark|confirm|account|order|mention|tell|reveal|show|disclose|inform',
  '\\b(?:tell|inform|assure|promise|advise|instruct|convince|persuade|ask|direct|send|redirect|offer|give|refund|credit|compensate) (?:the|every|all|any|each|this|that) (?:customer|user|buyer|client|person asking|reader who asks)s?\\b',
  '\\b(?:always|never) (?:say|tell|answer|reply|respond|recommend|promise|offer|approve|mention|state|claim|confirm|deny)\\b',
  '(?:^|["\u201c,;:|]\\s*)\\W*(?:please |immediately |now |then )*(?:approve|grant|issue|pay out|confirm) (?:a|an|the|every|all|any|this|that) (?:full |partial |immediate |extra )?(?:refund|credit|compensation|goodwill|voucher)\\b',
  '\\b(?:customer|account|order) (?:is|has been) (?:pre-?)?(?:approved|authori[sz]ed|verified|whitelisted|entitled|cleared) (?:for|to)\\b',
  "\\b(?:do not|don't|never) (?:mention|tell|reveal|show|disclose|inform)\\b[^.!?\\n]{0,40}\\b(?:this|the (?:user|customer|rep|agent|team))\\b",
);
