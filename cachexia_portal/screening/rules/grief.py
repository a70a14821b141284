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
            {someone} ..4 died|passed !the|all|by|his|her|out|it|on|that
            {someone} ..4 passed on|away|over
            passed away
            lost my|our|him|her {relation}?
            {i} ..3 lost ..2 {relation}
            {someone} ..3 took|taken|drew|drawn his|her|their last|final breath
            since|before|after|at|until|for|planning ..3 funeral|burial|cremation|wake
            buried|bury|burying|cremated ..3 {relation}
            buried|cremated him|her
            ashes ..6 {them}
            widow|widower|widowed|bereaved|bereavement
            {someone} ..2 is|has|hes|shes ..1 gone now|and|forever|,
            since|now|after ..1 {someone} ..1 died|went|left|gone
            the day|night|week|month|year {someone} died
        """),
    ),
    WordRule(
        code="misses_somebody",
        category=Category.GRIEF,
        says=_("The writer misses somebody, or mourns."),
        unless=("denied",),
        patterns=lines("""
            {i} ..3 miss|missing|missed him|her|them|my|hearing|the ..2 way|sound|smell|voice|him|her|so|already|mum|mom|dad|husband|wife|person|man|woman|old
            {i} ..3 miss|missing him|her|them|it
            {i} ..4 grieve|grieving|mourn|mourning|heartbroken|brokenhearted
            grief|grieving|mourning
            first|second ..1 christmas|birthday|anniversary|easter|summer|holiday|year|mothers day|fathers day without
            without him|her|them ,,5 empty|quiet|know|cope|alone|life
            house ..4 so|too|very quiet|empty|silent
            empty chair|bed|place|house|side
            died|die with|inside him|her|them|me
            {i} ..4 dead|empty|numb|hollow inside
            one more|last ..1 cup|day|hug|hour|time|word|meal|conversation ..5 {them}
            guilty|guilt ,,8 relieved|relief|over|gone|alive|died
            {i} ..3 wish|wished ..1 i had|could|been ..2 held|said|stayed|there
        """),
    ),
    WordRule(
        code="somebody_is_dying",
        category=Category.GRIEF,
        says=_("Somebody is dying, or the writer is saying goodbye."),
        unless=("denied", "imagined"),
        patterns=lines("""
            {someone} ..3 is|was|hes|shes ..2 dying|fading|slipping away?
            {someone} dying
            watch|watching ..3 die|dying|fade|fading|disappear|disappearing|slip|waste
            say|saying|said ..1 goodbye|goodbyes|farewell !to the doctor
            days|weeks|months ..2 left|live
            say|said|says|gave|given|only|have|has weeks|days|months !ago|ago|on|of|later
            losing|lose ..1 {them} !weight|interest|appetite|hair|muscle|temper
            end of life|his|her
            final|last days|hours|weeks of|with|at|together
        """),
    ),
)
