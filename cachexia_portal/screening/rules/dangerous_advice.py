"""Advice that could hurt somebody: told to another, not asked, and not handed on from a professional."""

from django.utils.translation import gettext_lazy as _

from cachexia_portal.screening.rule import Category, Said, Strength, WordRule, lines

UNLESS = ("denied", "imagined", "asked", "from_the_team")


def advice(code: str, says: Said, patterns: str, unless: tuple[str, ...] = UNLESS) -> WordRule:
    """A rule for one kind of advice."""
    return WordRule(
        code=code,
        category=Category.DANGEROUS_ADVICE,
        says=says,
        unless=unless,
        patterns=lines(patterns),
    )


RULES = (
    advice(
        "stop_treatment",
        _("Advice to stop a medicine or a treatment."),
        """
        ^ {softly}? {softly}? {stop} giving|taking|with? ..2 {medicine}
        ^ {softly}? {softly}? {stop} giving|taking|having|with? ..2 {treatment}
        ^ {softly}? {softly}? throw|flush|chuck|tip ..3 {medicine} ..2 away|out|down|bin
        you|id|just|better|best|i_would|i_d ..2 {stop} giving|taking|having? ..2 {medicine}
        you|id|just|better|best|i_would|i_d ..2 {stop} giving|taking|having? ..2 {treatment}
        you|she|he|they|your_mum|your_dad {not}|really ..1 need ..2 {treatment}
        no need for ..2 {treatment}
        {treatment} ..2 is|are ..2 poison|poisoning|scam|kills|killing
        {opioid} ..2 is|are ..2 poison|poisoning|what kills|kills
        refuse|cancel ..2 {treatment} ,,8 instead|natural|better|heal
        """,
        unless=("denied", "asked", "from_the_team"),
    ),
    advice(
        "change_the_dose",
        _("Advice to take or give more of a medicine than was said."),
        """
        {i}|you|we|just would|d|should|could|can|to|just ..1 give|take ..1 another|extra|more|double ..3 {dose_of}|dose
        limits|maximum|limit ..4 scare|ignore|nonsense
        ^ {softly}? {softly}? double|triple|increase|up ..2 {dose_of}
        you|just|we|i|can|should|could|always double|doubled|triple|tripled|upped ..2 {dose_of}
        ^ {softly}? {softly}? give|take|put|stick|use ..3 two|twice|double|triple|extra|more|another ..3 {dose_of}
        patch|tablet|pill|dose ,,8 enough ,,4 put|take|give|stick|use|add two|another|more|three|double
        more than|over the ..2 prescribed|label|maximum|stated ,,6 safe|fine|works|harm
        """,
    ),
    advice(
        "miracle_cure",
        _("Somebody promises a cure, or offers one in place of treatment."),
        """
        {remedy} ,,8 {heals}
        {heals} ,,8 {remedy}
        {heals} ..4 cancer|tumour|tumours|tumor|tumors|cachexia !treatment|cells|patients
        miracle|natural|secret|guaranteed ..1 cure|remedy|remedies|drops|treatment
        cured|healed ..4 in|within ..2 days|weeks|months
        {i} ..3 was|am|were ..1 cured|healed by|of|with|after
        starve|starves|starving ..2 tumour|tumor|cancer
        tumour|tumor|cancer ..2 starves|melts|dissolves|disappears
        doctors|oncologists|they|pharma|hospitals|industry ..2 hide|hides|hiding|suppress|suppresses ..2 it|this|truth|cure
        {not} want you to know
        """,
        unless=("denied", "asked", "from_the_team"),
    ),
    advice(
        "keep_it_from_the_team",
        _("Advice to hide something from the people who treat, or not to call them."),
        """
        no reason|need|point|use to|in|for ..1 let|letting|tell|telling|call|calling|worry|worrying ..2 {professional}
        ^ {softly}? {softly}? dont|never tell|mention|say|bother|ask|inform|trust ..4 {professional}
        ^ {softly}? {softly}? do not tell|mention|bother|trust ..4 {professional}
        you ..2 dont|not|neednt|never|shouldnt need|have|to? to? tell|mention|bother|ask ..4 {professional}
        no need to|for call|ring|phone|bother|tell|mention|worry ..4 {professional}
        dont|never|not|no need to? call|ring|phone|bother|go ..4 ambulance|999|911|hospital|doctor
        ignore ..2 what? ..2 {professional}
        forget what|the|those|your {professional}
        keep ..2 from|secret ..2 {professional}
        {professional} ..1 need not know
        """,
        unless=("asked",),
    ),
    advice(
        "force_food",
        _("Advice to force food or drink into somebody, or to feed them while they are drowsy."),
        """
        get|push|shove|force ..1 spoon|food|it|straw|syringe in|down !the_bowl|the_fridge|a
        sit|lie on him|her|them
        hold|pinch|holding ..2 nose ,,8 tip|pour|spoon|push|swallow|mouth|down|in
        ^ {softly}? {softly}? force|make {them} ..1 to? eat|swallow|finish|drink
        ^ {softly}? {softly}? force feed|it|food|him|her
        you|just|should|must|have|to|we force|forced feed|fed|it|food
        asleep|drowsy|sleepy|dozing|unconscious ,,10 keep|still|just|carry ..2 spoon|spooning|feed|feeding|pour|pouring|syringe|giving|give|on
        keep|still|just|carry ..2 spooning|feeding|pouring|syringing|giving ,,10 asleep|drowsy|sleepy|swallow
        ^ {softly}? {softly}? push|shove|pour|tip|squirt|syringe ..3 in|down ..3 throat|mouth|drowsy|asleep
        """,
        unless=("denied", "asked", "from_the_team"),
    ),
    advice(
        "share_medicine",
        _("Somebody offers medicine, or advises to use another person’s."),
        """
        my|our|his|her|some|mums|dads old|leftover|spare|left|own|unused ..2 {medicine}
        {medicine} ..2 left over ,,10 send|post|give|share|mail|want
        {medicine} ,,8 post|send|mail|sell|share ..2 you
        {i} ..3 send|post|sell|give|mail ..2 you ..4 {medicine}
        """,
        unless=UNLESS,
    ),
    WordRule(
        code="fasting_or_purging",
        category=Category.DANGEROUS_ADVICE,
        says=_("Advice to fast, or to drink or inject something harmful."),
        strength=Strength.POSSIBLE,
        unless=UNLESS,
        patterns=lines("""
            ^ {softly}? {softly}? start|try|do|go on? ..2 water|juice|dry? fast|cleanse|detox
            bleach|turpentine|peroxide|borax|kerosene|petrol|chlorine ..4 drink|daily|day|teaspoon|spoon|drops|water
            drink|teaspoon|spoon|drops|inject ..4 bleach|turpentine|peroxide|borax|kerosene|chlorine
            stop|cut ..1 feeding|food|eating ,,8 cancer|tumour|tumor
        """),
    ),
)
