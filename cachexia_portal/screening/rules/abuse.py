"""Words against the person who reads them. What somebody else said to the writer is not abuse by the writer."""

from django.utils.translation import gettext_lazy as _

from cachexia_portal.screening.rule import Category, WordRule, lines

RULES = (
    WordRule(
        code="insult",
        category=Category.ABUSE,
        says=_("The reader, or a group of people, is insulted."),
        unless=("denied", "imagined"),
        patterns=lines("""
            you make|makes me sick
            youre|you are|re? all liars|idiots|sick|crazy|fools|murderers|frauds|pathetic|disgusting
            what kind|sort of daughter|son|wife|husband|mother|father|carer|person|nurse|doctor|woman|man ..1 would|puts|leaves|are|does !that|this|it
            moderators|admins|mods ..3 {insult}|worse
            you are|re|absolute|complete|total|fucking|bloody ..2 {insult} !to|with|of|from|for|because|and|leave|today
            youre ..2 {insult} !to|with|of|from|for|because|and|leave|today
            you {insult} {insult}
            you {strong_insult}
            you stupid|disgusting|selfish|pathetic|evil|lazy|ignorant|nasty|vile|ugly|horrible|fucking|bloody {any_person}
            you lot|people ..3 {insult}
            people|women|men|carers|nurses like you ,,8 {not}|should|deserve|make
            {strong_insult} like you
            what ..1 {strong_insult}
            your stupid|pathetic|sad|ridiculous ..1 story|sob|question|post|problems|whining|little
            load|pile of crap|shit|bullshit
        """),
    ),
    WordRule(
        code="drives_away",
        category=Category.ABUSE,
        says=_("The reader is told to be quiet or to go away."),
        unless=("denied", "imagined"),
        patterns=lines("""
            ^ {softly}? shut up|it|your
            ^ {softly}? fuck|piss|sod|bugger|eff off
            ^ {softly}? fuck|screw you
            ^ {softly}? get lost
            ^ {softly}? go to hell
            ^ {softly}? drop dead
            ^ {softly}? go and? kill yourself
            kill yourself
            nobody|no one|noone cares|wants|asked|likes ..2 you|your
            go back to where|your
            your kind|sort
            {not} belong here
        """),
    ),
    WordRule(
        code="threat",
        category=Category.ABUSE,
        says=_("Somebody is threatened."),
        unless=("denied",),
        patterns=lines("""
            {i} hope ..1 somebody|someone|you|your|it ..2 die|dies|suffer|suffers|rot|does|happens|get|gets ..2 you|your|cancer
            {i} hope you die|suffer|rot|burn
            {i} ..1 will|gonna|going|know|can|could? to? ..1 find|hurt|kill|hit|expose|report|destroy|ruin you !a|some|the
            make you pay|suffer|regret
            i know|found where you live|work|are
            i|we will|are? come|coming for|after you
            you will|deserve|should ..1 pay|die|suffer|burn|rot !for_parking
            watch your back
        """),
    ),
    WordRule(
        code="blame",
        category=Category.ABUSE,
        says=_("The reader is blamed for the illness or the death of somebody."),
        unless=("denied", "imagined"),
        patterns=lines("""
            ^ {softly}? you ..2 starved|killed|murdered|neglected|abandoned|abused ..2 {relation}
            you should be ashamed
            shame on you
            your fault he|she|they|that|your ..2 died|dead|dying|starved|gone|thin
        """),
    ),
)
