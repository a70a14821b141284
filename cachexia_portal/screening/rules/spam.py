"""Selling, schemes and strangers with a link."""

from django.utils.translation import gettext_lazy as _

from cachexia_portal.screening.rule import Category, Strength, WordRule, lines

RULES = (
    WordRule(
        code="sells_something",
        category=Category.SPAM,
        says=_("Something is offered for sale, with a price, a code or free delivery."),
        unless=("denied",),
        patterns=lines("""
            book|claim|get ..1 free consultation|session|trial|sample|quote !with_the|at_the_hospital
            our clinic|product|products|company|treatment|programme|program ..6 treats|cures|guarantee|guarantees|guaranteed|heals|book
            {buy} ..3 {goods} ,,12 now|here|code|off|visit|click|www|https|http
            10|15|20|25|30|40|50|60|70|80|90 off ,,8 code|today|now|with|order|use|click|everything
            discount|promo|coupon|voucher code
            code ,,3 checkout|discount|off
            free shipping|delivery|trial|sample|samples ,,10 visit|order|click|today|now|worldwide|link
            best|lowest|cheap|cheapest price|prices ..3 for|on|of|guaranteed
            limited|special|exclusive ..1 offer|deal|time
            order|buy now|today|here|yours|online !from_the_hospital
            ^ buy ..4 {goods}
            money back guarantee
            while stocks last
            no|without prescription ,,10 ship|ships|shipping|order|buy|telegram|worldwide|delivery|needed
            ship|ships|shipping worldwide
            buy ..8 no|without prescription
            doctors|experts hate this|him|her|it
            gained|lost|gain|lose ..2 lbs|pounds|kg|kilos in ..1 days|weeks with
        """),
    ),
    WordRule(
        code="leads_elsewhere",
        category=Category.SPAM,
        says=_(
            "Readers are asked to follow a link, a channel or a profile, or to write privately for an offer."
        ),
        unless=("denied",),
        patterns=lines("""
            click here|below|link|this ..1 link?
            click on ..3 link|bio|profile|website
            link in|on ..1 bio|profile
            visit|check ..3 website|shop|store|page|channel|site|profile !of|for_more
            visit our|my|https|http|www
            subscribe ..3 channel|newsletter|page|youtube|list
            follow me|us|my|our on|page|channel|instagram|facebook|tiktok|telegram
            join my|our|this ..2 telegram|whatsapp|group|team|channel|webinar
            {contact} ,,6 link|details|price|prices|order|info|more|whatsapp|telegram|programme|program|coaching
            {contact} ..3 on|via|at|through|by whatsapp|telegram|email|instagram|facebook|gmail
        """),
    ),
    WordRule(
        code="money_scheme",
        category=Category.SPAM,
        says=_("A promise of money: work from home, investments, loans, betting."),
        unless=("denied",),
        patterns=lines("""
            ask me how
            dollars|pounds|usd|euros ..3 week|day|month|weekly|daily|hour ,,8 phone|online|telegram|whatsapp|home|ask
            earn|earning|make|making ..3 money|income|cash|dollars|pounds|usd ..4 home|online|easily|fast|daily|week|weekly|day|phone
            invest|investing|investment|trade|trading ..5 crypto|bitcoin|forex|expert|returns|profit|platform
            guaranteed ..2 returns|profit|profits|income|results|loan|approval
            crypto|bitcoin|forex ,,8 returns|profit|profits|expert|invest|platform|wallet
            loan|loans ..4 approval|approved|interest|instant|apply
            online|best casino|betting|slots
            casino bonus
            bank|account|payment details|detail|information ,,6 reply|send|transfer|fund|release
            reply|send ..4 bank|account details|detail|number
            barrister|beneficiary|inheritance|next_of_kin|unclaimed ,,15 fund|funds|reply|bank|transfer|million
            send|pay ..2 gift_cards|itunes|bitcoin
            passive income
            work from home ,,6 message|contact|earn|per|link
        """),
    ),
    WordRule(
        code="wonder_seller",
        category=Category.SPAM,
        says=_("A healer, herbalist or seller of cures is praised, with a way to reach them."),
        patterns=lines("""
            {heals} ..6 herbal|herbs|herbalist|spell|spiritual|dr|doctor ,,15 contact|whatsapp|email|reach|website|call
            herbal|spell|spiritual ..2 medicine|doctor|caster|healer|remedy|home ,,15 contact|whatsapp|email|reach|call|website
            spell caster
        """),
    ),
    WordRule(
        code="asks_for_participants",
        category=Category.SPAM,
        says=_("Readers are asked to take part in a survey, a study or a sale of opinions."),
        strength=Strength.POSSIBLE,
        unless=("denied",),
        patterns=lines("""
            take part|participate|participants|volunteers|recruiting ..4 survey|study|interview|questionnaire|research ,,15 link|click|paid|voucher|gift|email|contact|reward|earn
            fill ..3 survey|questionnaire
            we are looking|recruiting for? ..3 patients|caregivers|carers|participants ,,12 link|paid|email|voucher|compensation|contact
            paid|online survey|study|interview ,,10 click|link|qualify|voucher
        """),
    ),
)
