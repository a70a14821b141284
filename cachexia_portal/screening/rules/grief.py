"""Somebody has died, is dying, or is missed. Help is quiet here: a few lines under the words."""

from django.utils.translation import gettext_lazy as _

from cachexia_portal.screening.rule import Category, WordRule, lines

RULES = (
    WordRule(
        code="somebody_died",
        category=Category.GRIEF,
        says=_("Somebody has died, or has been buried."),
        unless=("denied", "imagined"),
        patterns=lines("""
            funeral|eulogy|cemetery|graveside|gravestone|headstone|crematorium|hearse|obituary|undertaker
            since|after he|she|they|mum|mom|dad ..1 went|left|died|passed !to|home|on|into|the|back|for|off
            {not} ..2 get|got|make|made|be|was there|it in|on time
            his|her|their last words|breaths
            should have been me
            {i} ..3 died|gone|dead instead of
            {someone} ..4 died !inside
            {someone} ..1 passed !the|all|by|his|her|out|it|that|water|urine|wind|a|me|stool|gas|stones|over
            passed away
            lost my|our {relation}
            {i} ..3 lost him|her|them
            {someone} ..3 took|taken|drew|drawn his|her|their last|final breath
            since|before|after|at|until|for|planning ..3 funeral|burial|cremation
            buried|bury|burying|cremated ..3 {them}
            ashes ..6 {them}
            widow|widower|widowed|bereaved|bereavement
            {someone} ..1 gone now|forever|,
            {someone} ..6 at|near the end !of|we|i
        """),
    ),
    WordRule(
        code="misses_somebody",
        category=Category.GRIEF,
        says=_("The writer misses somebody, or mourns."),
        unless=("denied",),
        patterns=lines("""
            still ..2 expect|hear|smell|smells|reach|wait|talk|set|lay|see ..3 {them}
            still ..2 sleep|sleeping ..3 side|sofa|chair
            say|says|mention|mentions|speak|speaks his|her|their|dads|mums name !and|on|tag|wrong
            {i} ..3 cry|crying|cried|weep|weeping|sob|sobbing|sobbed
            heart ..1 stopped|broke|shattered|breaks|aches when|as|for|to|without
            life|live|living|go_on|carry_on|cope without him|her|them
            alone now
            on my own now
            {i} ..3 miss|missing|missed ..1 him|her|them|mum|mom|dad|husband|wife
            {i} ..3 miss|missing|missed ..2 way|sound|smell|voice|laugh|person|man|woman ..1 {someone}
            {i} ..4 grieve|grieving|mourn|mourning|heartbroken|brokenhearted
            grief|grieving|mourning
            first|second ..1 christmas|birthday|anniversary|easter|summer|holiday|year|mothers_day|fathers_day without
            without him|her|them ,,5 empty|quiet|know|cope|alone|life
            house ..4 so|too|very quiet|empty|silent
            empty chair|side
            part|piece|bit|half of me ..2 died|die|gone|missing
            {i} ..3 died|dying|dead|empty|numb|hollow inside
            {i} feel|felt ..2 dead|numb|hollow|empty !in|on|from|around|stomach
            one|another ..1 more|last ..1 cup|day|hug|hour|time|word|meal|conversation|year|week|month|summer|christmas ..1 with
            give anything for|to ..1 one|another|more|hear|see|hold|have
            guilty|guilt ,,8 relieved|relief|over|gone|alive|died
        """),
    ),
    WordRule(
        code="somebody_is_dying",
        category=Category.GRIEF,
        says=_("Somebody is dying, or the writer is saying goodbye."),
        unless=("denied", "imagined"),
        patterns=lines("""
            {someone} ..3 is|was|hes|shes ..2 dying|fading|slipping_away !to
            {someone}|{them} ..1 dying|slipping|fading !to|off|on|into_his|into_her
            watch|watching ..3 die|dying|fade|fading|disappear|disappearing|slip|waste
            say|saying|said ..1 goodbye|goodbyes|farewell
            days|weeks|months ..2 left|to_live
            say|said|says|gave|given|only|have|has weeks|days|months !ago|of|later|old|in|and
            losing|lose|letting|let ..1 {them} go? !weight|interest|appetite|hair|muscle|temper|know|eat|sleep|choose|have
            {someone} ..4 ready to go !home|to|out|on|for|back|in|up
            {someone} ,,6 let me go !home|to|out|on|for|back|in
            {i} ..1 not ready to|for|, ..3 goodbye|lose|let|without|this
            end of life
            final|last days|hours|weeks of|with|at|together
            dnr|dnacpr|death_warrant|do_not_resuscitate
            pray|prayed|praying|wish|wished|hope|hoped ..1 for ..2 to be? taken|go|pass|slip|die
            pray|prayed|wish|wished|hoped ..2 {someone} ..1 would|could go|pass|slip|die
            wish|wishes|wished|want|wanted|hoping it was|were|to_be all? over
        """),
    ),
    WordRule(
        code="it_breaks_the_heart",
        category=Category.GRIEF,
        says=_("It hurts the writer to see somebody this way."),
        unless=("denied",),
        patterns=lines("""
            killing|kills|breaking|breaks|destroys|destroying|crushing|crushes me|my ..2 to see|watch
            breaking|breaks|broke my heart
            {i} ..2 cant|cannot watch {them}
        """),
    ),
    WordRule(
        code="assisted_dying",
        category=Category.GRIEF,
        says=_(
            "Assisted dying is asked about. A question about the law is not danger; somebody should look."
        ),
        unless=("denied",),
        patterns=lines("""
            assisted|aid|aided|assistance ..1 dying|suicide|death
            {ask} ,,10 dignitas|switzerland|euthanasia
            right to die
        """),
    ),
)
