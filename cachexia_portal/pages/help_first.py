"""When a search is answered by help before anything else.

Two things lead there: a sentence that screening would show help for, and the few words
that people type who need help and write no sentence ("not drinking", "who to call").
In a long text single words say little; there screening alone decides. The signs are those
of the page "When to get help" that call for a telephone now or today. Showing help costs
a reader one glance; it changes nothing about what is found.
"""

from __future__ import annotations

from functools import cache

from cachexia_portal.screening import screen
from cachexia_portal.screening.folding import fold
from cachexia_portal.screening.guards import GUARDS
from cachexia_portal.screening.patterns import Pattern
from cachexia_portal.screening.rule import lines
from cachexia_portal.screening.sentences import PAUSE, Sentence, sentences

CRISIS, MEDICAL = "crisis", "medical"
HELP_OF_SCREENING = {"crisis": CRISIS, "emergency": MEDICAL}

#: What is typed for oneself or about another, without a sentence around it.
CRISIS_WORDS = """
    suicide|suicidal !gene|squad
    self_harm|self_harming|selfharm|hurt_myself|harm_myself|cut_myself
    crisis ..1 line|number|team|help|helpline|text|chat
    samaritans|lifeline|988|116_123
    end|ending|take|taking my|his|her|their ..1 life
    kill|killing myself|himself|herself|themselves
    want|wants|wanting|wish|wishes|ready|rather to? ..1 die|be_dead !at|in|with|here|there|peacefully|home
    wish|wishes i|he|she|they ..2 dead
    better_off dead|without_me
    no point|reason ..2 living
    not|dont want|wanting to? live|wake_up|be_here|be_alive|go_on_living
    cant|cannot go_on|carry_on !with|at|to|in|on|holiday
    painless|easy|quick ..1 death|way_to_die|ways_to_die
"""
#: Whom to call, and when: the question that the page answers.
ASKED_FOR_HELP = """
    when|whether|should|must|do|need|if ..4 call|ring|phone|contact|tell ..4 {professional}|someone|somebody|anyone|for_help
    when|who|whom|which|what|where|whether|should ..3 to? call|ring|phone
    when|where|how ..2 to? get|getting|find|seek ..1 help !with|paying|for
    when ..2 to? worry|panic|be_worried
    when|should|must|need|do ..4 go|take|rush|drive ..4 hospital|er|casualty|a_e|a_and_e
    call|calling|phone|ring ..2 doctor|dr|nurse|team|hospital|ward|hospice|oncologist|gp !back|bill|centre|center
    emergency|emergencies|urgent|ambulance|paramedic|paramedics|999|911|112|casualty
    out_of_hours|24_hour_line|24_hours_line
    help ..1 now|urgently|quick|quickly|tonight
    need|needs help !with|at|to|paying|cooking|from|in
"""
#: The signs, as names rather than as sentences.
SIGNS = """
    not|isnt|wont|hasnt|havent|doesnt|didnt|no_longer|stopped|barely|hardly ..3 drinking|drink|drinks|drank|drunk|fluids !ensure|shake|shakes|supplement|supplements|boost|fortisip|alcohol|wine|beer|coffee|tea|milk|smoothies
    cant|cannot|unable_to|refuses_to|refusing_to ..1 drink !ensure|shake|shakes|supplement|supplements|boost|fortisip|alcohol|wine|beer|coffee|tea|milk|smoothies|thick
    dehydrated|dehydration
    cant|cannot|not|nothing|isnt|wont|doesnt keep|keeping|stays ..3 down
    vomiting|vomits|throwing_up|being_sick|puking ..2 everything|constantly|nonstop|non_stop|blood|all_day|all_night
    not|cant|cannot|hasnt|isnt|no ..1 pee|peeing|peed|wee|weeing|urine|urinating|urinate|passed_water|passing_water
    black|tarry|bloody ..1 stool|stools|poo|poop|vomit|diarrhea|diarrhoea
    blood in ..2 stool|stools|poo|poop|urine|pee|wee|vomit|sick|spit|phlegm
    coughing|vomiting|throwing_up|spitting|peeing|pooping ..2 blood
    bleeding|bleed !gums|heart|hearts|edge|money|us|me
    {now} ,,3 swelling|swollen|yellow|confusion|confused|headache|breathless|pain
    leg|legs|calf|thigh ..3 swollen|swelling|swelled
    swollen|swelling|swelled ..2 leg|legs|calf|thigh
    yellow|yellowing ..2 skin|eyes|eye
    skin|eyes|eye ..3 yellow|yellowing
    jaundice|jaundiced
    fever|feverish|shivering|rigors|high_temperature|temperature_of|neutropenic_sepsis
    sepsis|septic
    new|newly|sudden|suddenly|more ..1 confused|confusion|delirium|delirious
    chest ..1 pain|pains|tightness|pressure
    heart_attack|cardiac_arrest
    cant|cannot|not|trouble|difficulty|struggling|hard|stopped ..2 breathe|breathing|catch_breath !exercises
    gasping|turning_blue|blue_lips
    choke|choked|choking
    stroke !risk|of_luck
    seizure|seizures|convulsion|convulsions|fitting
    unconscious|unresponsive|collapsed|collapse|fainted|passed_out
    cant|cannot|wont|not|unable ..1 wake|waking|rouse|respond|responding !early
    overdose|overdosed !on
    too_much|too_many|double|wrong|extra ..2 morphine|oramorph|oxycodone|fentanyl|opioid|opioids|patch|patches|insulin|dose|paracetamol|painkillers
    cant|cannot swallow|swallowing !pills|tablets|meat|bread|capsules|solids
    fell|fallen|fall ..3 head|cant_get_up|cannot_get_up|bleeding
    not|nothing|hasnt|havent|no|without eaten|eating|food|eat ..3 2|two|3|three|4|four|5|five|several|many days|day
"""
MOST_WORDS = 11  # of what still is a handful of words, and no text
OVER = ("denied", "years_ago")
WHOLE_QUERIES = frozenset(
    {"help", "help me", "please help", "please help me", "sos", "get help", "doctor now"}
)


def help_type(text: str) -> str | None:
    """ "crisis" or "medical" where help comes first; None for everyday words. Never raises."""
    if found := HELP_OF_SCREENING.get(screen(text).help or ""):
        return found
    typed = list(sentences(fold(text).text))
    if sum(word.text != PAUSE for sentence in typed for word in sentence.words) > MOST_WORDS:
        return None
    if any(_has_one_of(CRISIS_WORDS, sentence) for sentence in typed):
        return CRISIS
    return MEDICAL if any(map(_sounds_medical, typed)) else None


def _sounds_medical(sentence: Sentence) -> bool:
    asked = sentence.joined.strip() in WHOLE_QUERIES or _has_one_of(ASKED_FOR_HELP, sentence)
    return asked or _has_one_of(SIGNS, sentence)


def _has_one_of(written: str, sentence: Sentence) -> bool:
    found = (pattern.expression.search(sentence.joined) for pattern in _patterns(written))
    return any(match and not _is_over(sentence, *match.span()) for match in found)


def _is_over(sentence: Sentence, start: int, end: int) -> bool:
    """Denied, or of years ago."""
    return any(GUARDS[name](sentence, start, end) for name in OVER)


@cache
def _patterns(written: str) -> tuple[Pattern, ...]:
    return lines(written)
