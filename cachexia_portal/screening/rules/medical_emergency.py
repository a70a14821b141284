"""A sign that needs somebody now. Each rule is one sign, said of this moment: not denied, past or imagined.

The signs are those for which public advice on cancer care says to call an emergency number or the
around-the-clock line at once. Which they are is a clinician's to confirm; a rule only shows help earlier.
"""

from django.utils.translation import gettext_lazy as _

from cachexia_portal.screening.rule import Category, Said, Strength, Subject, WordRule, lines

NOW = ("denied", "imagined", "months_ago", "advice_heard")


def sign(code: str, says: Said, patterns: str, strength: Strength = Strength.LIKELY) -> WordRule:
    """A rule for one sign, of whomever the sentence names."""
    return WordRule(
        code=code,
        category=Category.MEDICAL_EMERGENCY,
        says=says,
        strength=strength,
        subject=Subject.HEARD,
        unless=NOW,
        patterns=lines(patterns),
    )


BREATH_AND_HEART = (
    sign(
        "chest_pain",
        _("Pain, pressure or tightness in the chest, or a heart attack."),
        """
        chest ..2 pain|pains|tightness|pressure|hurts|hurting|crushing|heaviness
        chest ..2 tight|heavy|sore and|,|now|again
        chest ..2 is|feels|felt|gone|went|getting ..1 tight|heavy|crushed
        pain|pains|pressure|ache|tightness|weight|elephant ..4 in|across|around|on|over ..2 chest|breastbone
        having|having|has|had|is|think ..4 a heart attack !when|if
        pain ..4 arm|jaw ,,6 sweating|clammy|breathless
        heart ..2 racing|pounding ,,6 faint|dizzy|breathless|grey|clammy|chest
        """,
    ),
    sign(
        "cannot_breathe",
        _("Somebody cannot breathe, or their breathing has changed."),
        """
        not|dont think ..3 breathing
        gaps|pauses ..2 between|in ..2 breaths|breathing|breath
        gulping|sucking ..1 air
        oxygen|sats|saturation|saturations|spo2 ..4 low|dropped|dropping|falling|<oxygen>
        no|cant_find|cannot_find ..1 pulse|heartbeat
        {cannot} ..2 breathe|breath|breathing !easy|exercises
        {cannot} ..3 finish|complete|say ..2 sentence|sentences
        {cannot} ..3 get|catch|draw ..2 breath|air
        not|isnt|stopped|stops|keeps_stopping ..1 breathing !exercises|through|in|techniques
        breathing ..3 fast|rapid|rapidly|shallow|slow|slowly|laboured|labored|rattling|difficult|badly|worse|weird|strange|hard
        fighting|struggling|struggles|gasping|gasps|desperate for ..1 breath|air
        {is} ..2 gasping
        gasping and|,|between|like|so
        trouble|difficulty|problems|hard|harder ..1 breathing|to_breathe
        {is} ..2 breathless ,,6 {now}
        {is} ..3 short|shortness of breath ,,6 {now}
        {now} ,,8 breathless|short of breath
        {now} ,,6 short|shortness of breath
        wheezing ..4 badly|worse|lot|{now}
        """,
    ),
    sign(
        "blue_or_grey",
        _("Lips, face or fingers have turned blue or grey."),
        """
        lips|mouth|face|fingers|fingertips|nails|toes ..4 blue|bluish|purple|grey|gray|ashen
        {someone} ..4 gone|went|going|turned|turning|looks|is blue|ashen|grey|gray !hair|haired|at|early|eyed
        """,
    ),
    sign(
        "choking",
        _("Somebody is choking, or something is stuck in their throat."),
        """
        {is} ..1 choking !up|back|with
        choking on !tears|words|it
        choked on ,,12 {now}
        stuck in|down ..2 throat|windpipe|gullet
        """,
    ),
)
AWAKE_AND_CLEAR = (
    sign(
        "cannot_be_woken",
        _("Somebody cannot be woken, has collapsed, or does not respond."),
        """
        cant|cannot|couldnt|unable ..2 wake|rouse ..1 {them}|properly|up
        cant|cannot be woken|roused
        {someone} ..1 wont|doesnt|didnt|isnt|will_not|does_not|is_not|not ..1 wake|waking|rouse|rousing up? !early|before|until|till|at|for|hungry|me|us|refreshed
        {someone} ..2 not|isnt|doesnt|wont|hasnt ..1 respond|responding|responded|react|reacting !to|well
        not|doesnt|isnt|wont respond|responding|react|reacting to me|my|his|her|voice|us|anything
        hard|difficult|impossible|harder to wake|rouse
        {fallen_ill}
        {someone} ..3 collapsed !into|onto|with|from
        {someone} ..2 has|have|just? fainted
        barely|hardly|only_half|semi conscious|responsive|responding
        gone|went|is|goes ..1 limp|floppy !hair
        """,
    ),
    sign(
        "sudden_confusion",
        _("Somebody is suddenly confused, does not know where they are, or sees what is not there."),
        """
        {now} ,,8 {confused}
        {confused} ,,10 {now}
        {cannot} ..1 remember ..2 what_day|where|who|name|month|year !i|we|the
        {someone} ..1 doesnt|not|didnt|no_longer|does_not ..1 know|knows|recognise|recognize|recognised ..2 who|where|me|us|his|her|what_day !to|s|stands
        seeing|sees|hearing|hears|talking|speaking|shouting|waving ..2 people|somebody|someone|things|voices|children|animals|insects ..2 who|that|which|not|arent|isnt ..2 not|arent|isnt|there
        not|cant|cannot get any|much? sense out_of|from
        {confused} and|, ..5 {fever}
        {fever} ,,6 {confused}
        head ,,12 {confused}
        """,
    ),
    sign(
        "stroke",
        _("One side of the face or body, or the speech, has changed: signs of a stroke."),
        """
        face|mouth|eye|eyelid|smile ..4 drooping|droops|drooped|droop|dropped|drooped|lopsided|crooked|slipped
        one|left|right side of ..3 face|mouth|body ..4 numb|weak|drooping|fallen|dropped|limp|droops
        one|left|right side|arm|leg|hand ..3 numb|weak|limp|dead|paralysed|paralyzed|useless
        weak|numb|weakness|numbness on|down|in ..2 one|left|right side
        slurred|slurring|slurs|garbled|jumbled ..2 speech|words|talking
        speech|words ..3 slurred|slurring|garbled|jumbled|wrong|mixed
        cant|cannot|unable ..2 lift|raise|move ..2 arm|side
        arm|hand|leg ..3 limp|dead|useless !weight
        sudden|suddenly ,,5 blind|headache|lost_his_sight|lost_her_sight|vision|cant_see|cannot_see
        cant|cannot|unable ..1 speak|talk|find ..2 properly|suddenly|at|words ,,6 {now}
        having|has|had|think ..4 a stroke
        """,
    ),
    sign(
        "seizure",
        _("Somebody is having a fit or a seizure."),
        """
        having|has|had|having|is ..2 a|another|some ..1 seizure|seizures|fit|convulsion|convulsions !of|body|and|person|man|woman
        {someone} is|was|started|keeps seizing|fitting|convulsing !in|well|into|for|with
        eyes ..3 rolled|rolling ..1 back|up
        foaming ..2 mouth
        jerking|twitching|shaking|shakes ..2 all|uncontrollably|violently
        """,
    ),
    sign(
        "fall_or_blow",
        _("A fall or a blow, with the head hit, or the person unable to get up."),
        """
        fell|fallen|fall|tripped|slipped|collapsed ,,10 head
        hit|hits|banged|bumped|cracked|knocked ..2 head !start
        fell|fallen|fall|slipped|floor ,,8 cant|cannot|unable ..2 get|stand|move|lift
        fell|fallen|fall|slipped ,,10 {confused}
        fell|fallen ,,8 bleeding|hip|screaming|unconscious
        """,
    ),
)
BLOOD_FEVER_BODY = (
    sign(
        "bleeding",
        _("Bleeding that does not stop, or blood where none should be."),
        """
        {is} ..2 bleeding !the|has|stopped|money|heart|hearts|us|me|into
        bleeding ..3 heavily|badly|everywhere|lot|more|again|profusely|from|through|out
        bleeding|bleed|nosebleed|nosebleeds|blood ,,4 wont|doesnt|not|isnt|cant|cannot|will_not ..2 stop|stopping|stopped
        wont|doesnt|cant|cannot|not ..3 stop|stopping ..4 bleeding|bleed|nosebleed|blood
        nosebleed|nose_bleed|bleed|bleeding ,,6 hour|hours|minutes|mins
        cough|coughing|coughed|coughs|throwing|threw|throws|vomit|vomiting|vomited|vomits|spitting|spat|bringing|brought|passing|passed|peeing|weeing|pooing|sicking ..4 blood
        blood ..5 vomit|sick|urine|wee|pee|stool|stools|poo|poop|mouth|phlegm|sputum|toilet|catheter|nappy
        blood ..3 everywhere|pouring|gushing|pumping|spurting|pooling|soaked
        blood all over
        lot|lots|loads|pool|cup|bowl|clots of ..2 blood !tests|test|pressure|work|results|sugar|taken
        vomit|sick|vomited|vomiting|bringing_up|brought_up ,,6 dark|bright|all red|brown|black|bloody
        vomit|sick|vomited|vomiting|bringing_up|brought_up ..6 coffee grounds|granules
        black ..2 tarry? stool|stools|poo|poop|motion|motions
        """,
    ),
    sign(
        "fever",
        _("A temperature of 38 °C (100.4 °F) or more, or a fever or shivering during treatment."),
        """
        temp|temperature|fever|thermometer|reading ..5 ,? <fever> !kg|kilo|kilos|mg|ml|lb|lbs|percent|years|pounds|stone|mean|means|counts
        <fever> ..2 fever|temperature|temp|degrees|on_the_thermometer
        {fever} ,,15 {chemo}
        {chemo} ,,15 {fever}
        {is} ..1 burning up
        fever|chills|shivering|shaking|rigors ,,8 uncontrollably|violently|wont_stop|cannot_stop|rising|climbing
        temperature|temp|fever ..3 rising|climbing|shot|spiking|spiked|going_up|shot_up
        """,
    ),
    sign(
        "too_much_medicine",
        _("Too much of a medicine was taken or given, or the wrong one, or it makes somebody very drowsy."),
        """
        taken|took|had|given|gave|swallowed|taking ..3 overdose
        accidentally|accidental|possible ..2 overdose|overdosed
        overdosed|overdosing ..1 on|with ..3 {medicine}
        {has_taken} ..5 {too_much} ..5 {medicine}
        took|taken|swallowed|drank ..2 whole|all|entire|handful ..4 {medicine}|bottle|packet !{taken_in_order}
        {has_taken} ..6 {medicine} instead of
        {has_taken} ..6 {medicine} ..2 too_many|too_much
        mixed|muddled|mixing ..1 up ..3 {medicine}|bottles|doses|syringes
        {has_taken} ..6 {medicine} ..4 twice !a|daily|as|weekly|each|every
        {has_taken} ..6 {medicine} ..4 again|mistake|accident|accidentally
        {has_taken} ,,6 {medicine} ,,4 double|twice|mistake|accident ..1 dose?
        swallowed|swallows|drank|drunk ..5 {swallowable}
        double|two|second ..1 dose|patch|patches ,,8 mistake|accident|accidentally|forgot|forgotten|realised|still|old
        {opioid} ,,15 {very_drowsy}
        {very_drowsy} ,,15 {opioid}
        """,
    ),
    sign(
        "legs_or_bladder",
        _(
            "Legs that no longer carry or feel, or no passing of water: pressure on the spine, or on the kidneys."
        ),
        """
        cant|cannot|unable|couldnt ..2 feel|move ..4 legs|leg|feet|toes
        legs ..4 numb|gone|gave|given|stopped|weak|wont|collapsed ,,8 {now}
        {now} ,,6 legs ..3 numb|weak|gave|gone
        legs ..2 went|gone|turned|going|became ..1 weak|numb|dead|jelly
        legs ..2 gave|given|giving way
        lost|losing|no control ..4 bladder|bowel|bowels
        cant|cannot|couldnt ..1 hold ..2 wee|pee|urine|water|bladder|bowels|poo
        cant|cannot|unable_to|couldnt ..1 pass ..1 urine|water
        cant|cannot|unable_to pee|wee|urinate
        not|hasnt|havent|didnt ..2 pee|peed|wee|weed|urinated|passed_water|passed_urine ,,6 since|all|for|in
        not|hasnt|havent ..1 passed|passing any|much? urine|water
        not|hasnt|havent had|done ..1 wee|pee ,,6 since|all|for|in
        """,
    ),
    sign(
        "swelling_of_throat",
        _("The throat, tongue or lips are swelling: a strong allergic reaction."),
        """
        throat ..3 closing|closed|swelling|swollen|tightening|tight ,? !from|since
        tongue|lips|eyes|face ..6 swelling|swelled|swell|ballooning !has|down|gone
        anaphylactic|anaphylaxis
        severe|bad|serious|strong|having_an ..1 allergic reaction
        """,
    ),
    sign(
        "great_pain",
        _("Pain that cannot be borne, or that medicine does not reach."),
        """
        screaming|writhing|howling|rolling|crying|doubled|moaning ..3 pain|agony
        {is} ..2 agony
        pain ..4 unbearable|agonising|agonizing|excruciating|out_of_control|ten_out|10_out
        worst|unbearable|excruciating|agonising ..2 pain|headache
        """,
    ),
    sign(
        "hard_belly",
        _("A belly that is hard as a board, or hurts at a touch."),
        """
        belly|stomach|tummy|abdomen ..4 rigid|rock_hard|hard_as|solid|board
        belly|stomach|tummy|abdomen ,,6 screams|scream|agony ..4 touch|touched|press|move
        """,
    ),
    sign(
        "sepsis",
        _("Signs of blood poisoning are named: sepsis, or a cold clammy skin with other signs."),
        """
        has|have|having|be|think|signs|sign|might|looks ..3 sepsis|septic
        mottled|blotchy|marbled ,,6 cold|freezing|confused|skin|hands|legs
        cold|freezing|confused ,,6 mottled|blotchy|marbled
        clammy ..3 grey|gray|pale|cold|confused|faint|sweating
        grey|gray|pale|cold|sweating ..3 clammy
        """,
    ),
    sign(
        "leg_swollen_and_hot",
        _("A leg or an arm that is swollen and hot or red: perhaps a clot."),
        """
        leg|calf|arm|thigh ,,5 swollen|swelled ,,4 hot|red|warm|hard|painful|purple
        leg|calf|arm|thigh ,,5 hot|red|painful ,,3 swollen
        """,
    ),
)
PERHAPS = (
    sign(
        "keeps_nothing_down",
        _("Somebody keeps nothing down, not even water, or has drunk nothing for long."),
        """
        cant|cannot|not|isnt|doesnt|unable|couldnt ..3 keep|keeping ..2 water|anything|fluid|fluids|liquids|sips|drinks|drink ..2 down
        cant|cannot|not|isnt|doesnt keep|keeping down ..2 water|anything|fluids
        not|hasnt|havent|didnt ..1 kept ..2 water|anything|fluid|fluids|sip|drink|drinks ..2 down
        not|hasnt|havent|didnt even water stays|stay|stayed|staying down
        nothing ..4 stays|stay|staying down
        cant|cannot stop vomiting|throwing
        vomiting|being_sick|diarrhoea|diarrhea ,,5 wont_stop|doesnt_stop|nonstop|non_stop|constantly
        not|hasnt|havent ..2 drunk|drank|had ..3 water|fluids|anything|sip|drop ..4 since|days|hours|day
        cannot|cant swallow ..2 water|anything|at_all|saliva|own
        """,
        Strength.POSSIBLE,
    ),
    sign(
        "line_or_tube",
        _("A feeding tube, port or line has come out, is blocked, or looks infected."),
        """
        tube|line|port|picc|peg|catheter|drain|stoma ..3 out|blocked|leaking|infected !of|and_about
        tube|line|port|picc|peg|site|wound ,,4 red ,,3 hot|swollen|pus|sore
        """,
        Strength.POSSIBLE,
    ),
    sign(
        "yellow_skin",
        _("The skin or the eyes have turned yellow."),
        """
        skin|eyes|eye|whites ,,5 yellow|yellowish|jaundiced !spots|cream
        {someone} ..4 turned|gone|went|going|turning|looks|is ..1 yellow|jaundiced
        """,
        Strength.POSSIBLE,
    ),
    sign(
        "asks_whether_to_call",
        _("The writer asks whether to call an ambulance or go to an emergency department."),
        """
        ^ {lead}? should|shall|do|must|can ..1 i|we ..2 call|ring|phone|dial|get ..3 ambulance|999|911|112|000|111|paramedics
        ^ {lead}? should|shall|do|must i|we ..2 go|take|drive|rush ..5 a_e|a_and_e|er|emergency|casualty
        ^ {lead}? should|shall|do|must i|we ..2 go|take|drive|rush ..5 hospital ..1 now|tonight
        called|waiting|rang|calling|phoning ..3 ambulance|999|911|112|paramedics
        is this|it|that ..1 an? emergency
        {now} ,,8 emergency !number|contact|plan|department|room
        """,
    ),
)
RULES = (*BREATH_AND_HEART, *AWAKE_AND_CLEAR, *BLOOD_FEVER_BODY, *PERHAPS)
