import { patternsOf as of } from './patterns-of.js';
import type { InjectionPatterns } from './technique.js';

const RULES =
  '(?:instructions?|rules?|prompts?|guidelines?|directives?|constraints?|restrictions?|polic(?:y|ies)|safeguards?|guardrails?|programming|training|system messages?)(?! (?:sheets?|manuals?|booklets?|leaflets?|cards?)\\b)(?! (?:for|about|on|regarding) (?:the |my |our )?(?:delivery|courier|driver|parcel|gift|box|order|address))';
/** Not "my": a customer who says to ignore their own earlier instructions means the parcel. */
const OLDER =
  '(?:(?:all|any|every|each|your|the|of|these|those|previous|prior|above|earlier|preceding|former|existing|initial|original|system|safety|internal|current|company|team|and|about|such|other|default|built-in)\\s+){1,7}';
const DROP =
  "(?:ignore|disregard|forget|override|overrule|bypass|discard|neglect|violate|abandon|set aside|do not follow|do not obey|don't follow|don't obey|stop following|stop obeying|pay no attention to|put aside)";
const MACHINE =
  '(?:ai|a\\.i\\.|llm|gpt|chat-?gpt|claude|gemini|copilot|language models?|ai models?|ai assistants?|ai agents?|ai systems?|virtual assistants?|automated assistants?|assistants?|chat-?bots?|bots?|summari[sz]ers?)(?! manager| director| in the shop)';
/** Words that make an inside of a machine of "instructions"; "care instructions" are of a blanket. */
const INSIDE =
  '(?:(?:exact|system|hidden|secret|initial|full|internal|original|current|own|complete|entire|custom|core|developer) ){0,3}';
const A_PERSON = '(?:human|person|someone|somebody|real|colleague|representative|employee|operator|manager)';

/**
 * Sentences in English that speak to a machine, not to a support team: they drop its rules, give it a part to play, ask for what it was
 * told, address it, or write turns it never had. Customers who ignored assembly instructions, ask whether they talk to a bot, or take back
 * their last message stay untouched. Written against techniques, after OWASP LLM01:2025 and Greshake et al. 2023 (arXiv 2302.12173).
 */
export const englishOrders: readonly InjectionPatterns[] = [
  of(
    'override',
    'instruct|rule|prompt|guideline|directive|constraint|restriction|polic|safeguard|guardrail|programming|training|system message|above|before|previously|so far|earlier|order|everything|anything|evidence|source|filter|censor|warning|check|moderation|critique|mode|memory|context',
    `\\b${DROP}\\s+(?:about\\s+)?${OLDER}(?:and\\s+)?${RULES}`,
    `\\b(?:drop|skip|cancel|erase|delete|clear)\\s+(?:\\w+\\s+){0,2}(?:previous|prior|above|system|safety|built-in)\\s+(?:instructions?|rules?|prompts?|guidelines?|directives?|constraints?)\\b`,
    `\\b${DROP}\\s+(?:everything|anything|all)\\s+(?:that\\s+)?(?:(?:i|you)(?:'ve| have)? (?:were|been|have been) |(?:is |was |stands |written )?(?:above|before|previously|so far|earlier)\\b)(?!,? (?:i|it|we|the parcel|my|she|he)\\b)`,
    "\\b(?:your|the) (?:previous|prior|old|original|earlier|former|above) (?:instructions|rules|guidelines|directives|prompts?) (?:are|were|have been|is|was|no longer|do not|don't) (?:now |hereby |no longer )?(?:void|invalid|cancelled|canceled|obsolete|replaced|outdated|overridden|suspended|apply|valid|superseded|revoked)",
    '\\b(?:new|updated|real|actual|revised) (?:system )?(?:instructions?|directives?|orders|prompt)\\s*(?::|follow\\b|override|replace|supersede|take precedence)',
    '\\b(?:these|this|the following|my|what follows)\\b[^.!?\\n]{0,40}\\b(?:overrides?|supersedes?|replaces?|takes? precedence over)\\b[^.!?\\n]{0,40}\\b(?:instructions?|rules?|guidelines?|prompts?|everything|anything)\\b',
    "(?<!\\b(?:if|when|because|unless|as|since) )\\byou (?:no longer|don't|do not|need not|are not required to|are not bound to?) (?:have to |need to |must )?(?:follow|obey|respect|check|apply|by|adhere to|comply with)\\b[^.!?\\n]{0,40}\\b(?:rules?|instructions?|polic(?:y|ies)|guidelines?|restrictions?|evidence|sources)\\b",
    '\\b(?:answer|respond|reply|act|speak|operate|talk|write|say|model|assistant|ai)\\b[^.!?\\n]{0,40}\\b(?:without|with no|free (?:of|from)) (?:any )?(?:restrictions?|filters?|filtering|censorship|guardrails|warnings?|safety (?:rules|checks|guidelines))\\b',
    '\\b(?:turn off|disable|deactivate|switch off|suspend|lift|skip)\\b[^.!?\\n]{0,30}\\b(?:safety|content|moderation|security) (?:filters?|rules?|checks?|polic(?:y|ies))\\b|\\b(?:turn off|disable|deactivate|switch off|suspend|skip)\\b[^.!?\\n]{0,20}\\b(?:your |the |all )?(?:guardrails?|moderation|safeguards?|evidence check|critique)\\b',
    '\\b(?:admin|god|jailbreak|dan|sudo|unrestricted|override)[- ]mode\\b|\\byou\\b[^.!?\\n]{0,30}\\b(?:developer|debug|root|maintenance|dev)[- ]mode\\b|\\b(?:developer|debug|root|maintenance)[- ]mode (?:is |now )?(?:on|enabled|activated|engaged)\\b(?! (?:its|the|my|a|an|this)\\b)',
    '\\b(?:reset|clear|wipe|erase)\\b[^.!?\\n]{0,10}\\byour (?:memory|context|context window|instructions|programming)\\b',
  ),
  of(
    'role_play',
    'you|act |behave|respond|answer|reply|speak|pretend|imagine|suppose|role|game|persona|character|simulate| ai|llm|language model|chatbot|assistant|intelligence|hypothetical|fiction|stor',
    "\\byou(?:'re| are) (?:now|no longer|from now on|henceforth) (?:in )?(?:an? |my |the )?(?:\\w+ ){0,3}(?:mode|ai|assistant|chatbot|bot|model|llm|gpt|dan|admin|administrator|root|developer|bound|restricted|hacker|pirate|supervisor|approver|character|persona|terminal|shell|interpreter|database)\\b",
    '^\\W*(?:please |now |from now on,? |and |then |for the rest of this (?:chat|conversation),? )*(?:you (?:must|will|should|shall) )?(?:act|behave|respond|answer|reply|speak) (?:as|like) (?:if you (?:were|are) (?:an?|the|my|not|no)\\b|though you (?:were|are) (?:an?|the|my|not|no)\\b|(?:an?|my|the) (?!human|real|normal|person|grown|adult|professional|decent|proper|responsible|serious|matter|last|first|company|shop|team|whole|reply|pdf|previous|same|one|gift|bridge|witness|go-between|intermediary|mediator)\\w+)',
    "\\bpretend (?:that )?(?:to be|you(?:'re| are| were| have no)\\b)|\\b(?:imagine|suppose|assume) (?:that )?you(?:'re| are| were) (?:(?:an?|the) (?!customer|buyer|parent|person|client|mother|father)|not bound|free (?:of|from)|allowed|unrestricted)",
    "\\b(?:role-?play|let'?s play a game|play the (?:role|part) of|take on the (?:role|persona)|adopt the persona|stay in character|simulate an? (?:terminal|assistant|conversation|system|ai|agent|unrestricted))\\b",
    '\\bas an? (?:ai|artificial intelligence|language model|llm|chatbot|virtual assistant|ai assistant|large language model)\\b',
    '\\b(?:hypothetical|hypothetically|fictional|in a story|for a (?:story|novel|movie|screenplay))\\b[^.!?\\n]{0,90}\\b(?:assistant|ai|prompt|rules|unrestricted|no limits|support agent)\\b',
  ),
  of(
    'prompt_leak',
    'prompt|instruct|rule|guideline|configuration|directive|programming|initiali|message|above|before|preceding|so far|from the|given|told|you are|context',
    '\\bsystem[- ]?prompts?\\b|\\b(?:hidden|secret|initial|developer|master|internal|pre-?)[- ]?prompts?\\b',
    `\\b(?:reveal|print|show|repeat|output|leak|display|dump|expose|disclose|recite|quote|copy|paste|summari[sz]e|translate|tell me|give me|write out|spell out|list|share)\\b[^.!?\\n]{0,50}\\byour ${INSIDE}(?:prompt|system messages?|instructions|rules you|internal rules|guidelines|configuration|directives|programming|initiali[sz]ation)\\b(?! (?:for|on|about|to|how|regarding|of|say))`,
    '\\b(?:reveal|print|show|repeat|output|leak|display|dump|expose|disclose|recite|quote|copy|paste|summari[sz]e|translate|tell me|give me|write out|list|share)\\b[^.!?\\n]{0,50}\\bthe (?:system|hidden|initial|internal|secret|developer) (?:prompt|instructions|rules|message|guidelines|directives)\\b',
    '\\b(?:repeat|print|output|copy|recite|translate|summari[sz]e)\\b[^.!?\\n]{0,30}\\b(?:everything|all (?:the )?(?:text|words|lines)|the (?:text|words|lines|content)s?)\\b[^.!?\\n]{0,20}\\b(?:above|before this|preceding|so far|from the (?:beginning|start|top)|you were given)\\b',
    `\\bwhat (?:are|were|is|was) your ${INSIDE}(?:instructions|prompt|directives|programming)\\b(?! (?:for|on|about|to|how|regarding))`,
    '\\b(?:how|what) were you (?:instructed|prompted|programmed|configured|told to (?:answer|behave|respond))\\b|\\bwhat (?:were you|have you been|you (?:were|have been)) (?:told|instructed|ordered) not to\\b|\\bwhat (?:were you|have you been) instructed to\\b|\\bwhat instructions (?:were|have) you (?:been )?(?:given|received)\\b',
    '\\bstarting (?:with|from) ["\'\u201c]?you are\\b|\\bfirst (?:\\d+|ten|fifty|hundred) (?:words|lines|characters|tokens) of (?:your|the) (?:prompt|instructions|context)\\b',
  ),
  of(
    'addressed',
    'ai\\b|a\\.i\\.|llm|gpt|claude|gemini|copilot|model|assistant|bot|summari|system|machine',
    `\\b(?:notes?|messages?|instructions?|attention|attn|reminder|memo|directive|command)s? (?:to|for) (?:the |any |all |your |every |whichever |whatever )?(?!shop |sales |store )(?:\\w+ )?${MACHINE}\\b`,
    '\\b(?:dear|attention|attn|listen),? (?:ai|llm|gpt|chat-?gpt|claude|gemini|copilot|language model|ai assistant|ai model|ai agent)\\b',
    `\\bif you(?:'re| are) an? (?:ai|llm|language model|large language model|ai assistant|automated assistant|virtual assistant|bot)\\b(?![^\\n]{0,90}\\b${A_PERSON}\\b)[^?\\n]{0,60}(?:,|\\bthen\\b|\\byou must\\b|\\bplease\\b)`,
    '\\b(?:any|whichever|whatever|every|the) (?:ai|llm|assistant|language model|model|bot|ai agent|ai system|automated system) (?:that |which |who )?(?:reads?|reading|process(?:es|ing)|answers|answering|summari[sz](?:es?|ing)|handl(?:es?|ing)|parses?|parsing|drafts?|drafting|sees|generating)\\b',
    '^\\W*(?:ai|llm|copilot|chatgpt)(?: (?:assistant|only|note|instructions?|directive))?\\s*[:>-]+\\s',
    '\\b(?:the assistant|assistants|language models?|llms?|ai (?:models?|systems?|agents?|assistants?)) (?:must|should|shall|are (?:required|instructed|told) to|is (?:required|instructed|told) to|will now) (?!have\\b)',
    "\\b(?:for|only) (?:ai|llm|machine|bot|assistant|model)(?:s|'s)? (?:eyes|use|readers?|consumption)(?: only)?\\b",
  ),
  of(
    'fake_turn',
    '<|\\[|system|assistant|developer|human|chatbot|user|prompt|task|response|instruction|role',
    '<\\/?(?:system|assistant|user|human|developer|instructions?|prompt|im_start|im_end)\\b[^>\\n]{0,80}>|\\[\\/?(?:INST|SYSTEM|ASSISTANT|SYS|USER)\\]|<\\|[a-z_]{2,30}\\|>|<<\\s*\\/?SYS\\s*>>|<(?:start|end)_of_turn>|(?:^|\\s)<\\/?s>(?:\\s|$)',
    '^\\W*(?:system|assistant|developer|human|chatbot)\\s*(?:\\([^)\\n]{0,30}\\)\\s*)?(?:message|prompt|note|override|update|instruction|notice|admin)?\\s*:(?!\\s*(?:windows|mac|os x|linux|android|ios|iphone|ipad|ubuntu|chrome|version|v?\\d|samsung|pixel|error))',
    '^\\W*#{1,6}\\s*(?:system|assistant|user|new task|response|prompt)\\s*(?::|$)|^\\W*#{1,6}\\s*instructions?\\s*:',
    '^\\W*(?:begin|start of|new) (?:system|developer|admin) (?:prompt|message|instructions?|session|conversation)\\b',
    '["\']role["\']\\s*:\\s*["\'](?:system|assistant|developer|tool|function)["\']',
  ),
  of(
    'fence_escape',
    'end|close|stop|finish|<|```|~~~|"""|\'\'\'|everything|all text|the text|what|line',
    '[-=_#<>\\[\\]]{2,}\\s*(?:end|close|stop|finish)(?:\\s+of)?\\s+(?:the\\s+)?(?:customer|user|untrusted|message|input|email|data|context|document|passage|article|quote|text|ticket)\\b',
    '^\\W*(?:end|close) of (?:the )?(?:customer|user|untrusted|external) (?:message|input|data|text|content)\\b',
    '<\\/?(?:customer_message|customer_file|passage|untrusted|user_input|tool_result|tool_response|evidence)>|<\\/(?:customer|message|email|document|article|context|data|input|ticket|results?)>',
    '^\\s*(?:```|~~~|"""|\'\'\')\\s*(?:system|assistant|end|instructions?)\\b',
    '\\b(?:everything|all text|the text|what(?:ever)?|lines?) (?:after|below|following|beneath|from here on)\\b[^.!?\\n]{0,40}\\b(?:is|are|comes?)\\b[^.!?\\n]{0,30}\\b(?:trusted|instructions?|system|from the (?:developer|operator|team|administrator)|not (?:from )?the customer|commands?)\\b',
  ),
];
