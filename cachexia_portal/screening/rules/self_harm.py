"""Somebody may be in danger from themselves: the writer, the person they care for, or another.

Exhaustion is not danger ("I cannot do this any more"), and a wish about the place of dying is not a
wish to die ("she wants to die at home"): no rule here fires on those alone.
"""

from django.utils.translation import gettext_lazy as _

from cachexia_portal.screening.rule import Category, Strength, Subject, WordRule, lines

OF_THE_WRITER = ("denied", "years_ago", "of_somebody_else")
OF_ANOTHER = ("denied", "years_ago", "of_the_writer")

WRITER = (
    WordRule(
        code="wants_to_die",
        category=Category.SELF_HARM,
        says=_("The writer says that they want to die, or would rather be dead."),
        subject=Subject.SELF,
        unless=OF_THE_WRITER,
        patterns=lines("""
            {i} ..3 want|wanted|wanna|wish|going|ready to? {die} !{place_of_dying}
            ^ {lead}? {lead}? want|wanna to? {die} !{place_of_dying}
            wish|wished|hope|hoped|pray|prayed i ..2 {die}
            wish|wished|hope|hoped|pray|prayed i ..2 dead|gone
            {i} ..2 rather|better ..2 dead
            {i} ..2 rather die than go|live|carry|face|wake|keep
        """),
    ),
    WordRule(
        code="does_not_want_to_live",
        category=Category.SELF_HARM,
        says=_("The writer says that they do not want to live, to be here or to wake up."),
        subject=Subject.SELF,
        unless=OF_THE_WRITER,
        patterns=lines("""
            {i} ..3 {want} ..4 asleep|sleep ,,8 never ..2 wake
            {i} ..4 not|dont|never ..7 stay|be|remain alive
            {i} ..3 hate being alive
            {i} ..3 hate living !with|in|here|like|so|on|near|far
            why ..1 i still ..1 alive
            {i} ..3 shouldnt|not be alive
            {i} ..4 {think} of|about not being|existing here|around|alive
            given|give|giving up on life|living
            sleep|asleep forever|for_ever|for_good
            i ..4 {not_want} to? ..1 {live} !{place_of_living}
            ^ {lead}? {lead}? {not_want} to? ..1 {live} !{place_of_living}
            i ..4 {not_want} to go|carry on without
            i ..4 see|have|has no|little reason|point ..2 living|live|alive|go
            {i} ..4 {want} ..4 not|never|dont|didnt|wouldnt ..2 wake !early|at|until|before|so
            {i} ..5 asleep|sleep and|, not|never|dont wake
            {i} ..3 tired|sick|done of|with living|life|existing !with|in|here|out
            {i} ..3 tired|sick of being alive|here
            ^ {lead}? {lead}? tired|sick|done of|with being? alive|living|existing !with|in|here|out
            {cannot} ..1 keep|go_on|carry_on living
            life ..3 not|isnt worth living
            no point|reason|use ..2 me living|carrying|going|being
            no reason|nothing left? ..2 to live for?
            nothing left? to live for
        """),
    ),
    WordRule(
        code="better_off_without_me",
        category=Category.SELF_HARM,
        says=_("The writer says that others would be better off without them."),
        subject=Subject.SELF,
        unless=("denied", "years_ago"),
        patterns=lines("""
            nobody|no_one|noone|none ..3 notice|miss|care ,,2 me|if|when ..1 i?
            if i was|were|am|wasnt|werent ..2 gone|dead|here|around|alive ,,6 relieved|better|easier|happier|notice
            easier|happier|relieved ..3 if i was|were|wasnt|werent|died ..2 dead|gone|here|around|alive
            better ..2 without me !there|around
            better ..2 if i was|were|am|werent|wasnt ..2 dead|gone|here|around|alive|born
            better ..2 if i died|disappeared
            world ..4 without me in?
            burden ..6 if i was|were gone|dead
        """),
    ),
    WordRule(
        code="thinks_of_ending_their_life",
        category=Category.SELF_HARM,
        says=_("The writer speaks of ending their life or of hurting themselves."),
        subject=Subject.SELF,
        unless=OF_THE_WRITER,
        patterns=lines("""
            {i} ..4 googling|googled|searching|searched|looking|looked|researching|researched ..4 ways|how ..2 to die|end|kill|do_it
            painless|painlessly|peaceful ..1 way|ways ..2 to die|go|end
            {i} ..4 not|dont ..1 feel? safe with|from|around|on myself|my_own
            not|dont feel? safe with myself
            scared|afraid|frightened|terrified of? what i might|could|will do
            unalive|off myself
            goodbye note|letter|letters
            {end_life} !for|laughing|over
            {i} ,,8 suicidal
            {i} ,,8 {think} of|about|on suicide !{suicide_as_a_term}
            suicidal thoughts|feelings|urges
            thoughts|thought of|about suicide !{suicide_as_a_term}
            {i} ..6 commit|committing|attempt|attempted|attempting suicide
            {i} ..4 {want} to|of|about? put|putting an end to
            {i} ..4 {think} of|about? ending it|things|this
            {i} ..4 {want} to end it !for|with
            {i} ..4 how|way ..1 i would|could|might do it
            hurt|harmed|harm myself again|on_purpose|deliberately|only|because
            {think} of|about not existing|being_alive|waking
            {i} ..3 not|dont deserve to live|be_alive
            cutting|burning|cut|scratching|hurting myself !on|while|off|out
            {i} ..4 cutting|burning|cut|cuts my ..1 {own_skin}
            started|been|back|keep|stopped ..1 cutting|burning|self_harming|scratching again|since|every|when|at_night
            {i} ..6 self harm|harmed|harming|injure|injured|injuring
            dies|died|dead|passes|gone ,,3 {i} going|go|coming with|too|after|next
            {i} follow|following him|her|them !to|into|around|on|out
        """),
    ),
    WordRule(
        code="speaks_of_a_way_to_do_it",
        category=Category.SELF_HARM,
        says=_("The writer names a way in which they could end their life."),
        subject=Subject.SELF,
        unless=OF_THE_WRITER,
        patterns=lines("""
            {i} ..4 {have} ..2 rope|noose|gun|razor|razors|blades
            gun|noose|rope|blade|razor to my head|neck|wrist|wrists|throat
            {i} ,,8 {think} of|about ..1 taking|swallowing|drinking ..2 all|whole|rest|lot|every|bottle|everything ..4 {medicine}|bottle
            {i} ..6 tempted|want|going|planning to ..1 take|swallow|drink ..1 all|whole|rest|every|everything|too ..5 {medicine}
            {i} ..4 took|taken|swallowed ..1 all|whole|entire|every|handful ..5 {medicine} !{taken_in_order}
            {i} ..4 saving|saved|hoarding|hoarded|stockpiling|stockpiled|collecting ..5 {medicine}
            i ..6 enough ..2 {medicine} ..4 end|kill|sleep|myself|finish|go|die
            how many|much ..5 {medicine} ..2 would it take !for|before|until|per
            how many|much ..5 {medicine} ..4 to|would|will die|kill|end
            lethal|fatal|deadly dose|amount|overdose
            how easy|simple|quick it would|d be for? me? ..2 {let_go}
            how easily i could ..3 {let_go}
            {i} ,,8 {think} of|about|to ..2 jump|jumping|stepping|throwing ..4 off|under|from|bridge|window|roof|train
            {i} ,,6 {want} to|of? jump|step|throw ..4 off|under|from|bridge|window|roof|train
            {i} ,,10 drive|driving|steer|steering|crash|crashing|swerve|swerving ..5 into|off|under a|the tree|wall|bridge|river|lorry|truck|traffic|pole|cliff
            {i} ,,8 {think} of|about ..2 walking|walk into|in ..2 sea|river|lake|water|traffic|road
        """),
    ),
    WordRule(
        code="sees_no_way_out",
        category=Category.SELF_HARM,
        says=_(
            "The writer sees no way out, or wants to disappear. It may be exhaustion; somebody should look."
        ),
        strength=Strength.POSSIBLE,
        subject=Subject.SELF,
        unless=OF_THE_WRITER,
        patterns=lines("""
            {i} ..4 dont|not|cant|cannot see the|any point any_more|anymore|of|in
            whats|what the|is? point of|in living|going|carrying|anything
            {i} ..4 want|wish|need it_all|everything|life to? just? stop|end|be
            {i} ..3 hate waking|my life
            {i} ,,6 suicide !{suicide_as_a_term}
            {i} ..3 said|say|saying my goodbyes
            {i} ..4 do|doing something stupid|silly|terrible to|with|tonight
            {i} ,,5 no other? way out
            i ..4 only way out
            {i} ..3 want|wish to|i|could ..3 disappear|vanish
            {i} ..3 {not_want} to go|carry on !a|the|like|about|with|holiday
            {i} ..3 wont|not be|here|around much|longer|anymore|long
            {i} ..3 want|wish|going to join him|her|them !in|for|at|on
            wish i had|was|were never been? born
        """),
    ),
)

SOMEBODY_ELSE = (
    WordRule(
        code="another_wants_to_die",
        category=Category.SELF_HARM,
        says=_("Somebody the writer knows says that they want to die, or do not want to live."),
        subject=Subject.HEARD,
        unless=OF_ANOTHER,
        patterns=lines("""
            {someone} ,,5 {say} ,,6 {death_wish}
            {someone} ..4 want|wants|wanted ..1 to disappear|vanish|not_exist
            {someone} ..3 stop|stopped|stops|refusing|refuses ..1 taking ..4 {medicine} ,,3 on_purpose|deliberately|to_die|so
            {someone} ..5 want|wants|wanted|wish|wishes|wished|hopes|hoping|prays|praying|longs|longing|ready to? {die} !{place_of_dying}
            {someone} ,,6 wish|wishes|wished|hopes he|she|they|i ..2 dead|gone|die
            {someone} ,,6 rather|better ..2 dead
            {someone} ,,6 rather die than
            {someone} ,,7 {not_want} to? ..1 {live} !{place_of_living}
            {someone} ,,6 no point|reason ..3 living|live|alive
            {someone} ,,5 tired|sick of living|life
            {someone} ..3 {say} ,,2 i ..3 want|wish to|i? ..1 {die} !{place_of_dying}
            {someone} ,,4 {say} ,,3 kill me
            {someone} ,,4 {say} ,,3 let me die
        """),
    ),
    WordRule(
        code="another_asks_for_help_to_die",
        category=Category.SELF_HARM,
        says=_("Somebody asks others to help them die, or to end it."),
        subject=Subject.HEARD,
        unless=OF_ANOTHER,
        patterns=lines("""
            {ask} ..4 help|let|make ..1 {them}? to? die|end
            {ask} ..4 to? end|finish it|things|everything !for|early
            {ask} ..4 put|give ..1 out|something ..3 misery|end|die|over
            {ask} ,,12 be|have done|over with it|everything|all
            {someone} ..4 {ask} ..4 kill
        """),
    ),
    WordRule(
        code="another_may_end_their_life",
        category=Category.SELF_HARM,
        says=_("Somebody the writer knows may be thinking of ending their life, or has hurt themselves."),
        subject=Subject.HEARD,
        unless=OF_ANOTHER,
        patterns=lines("""
            {someone} ..4 {have} ..2 rope|noose|gun|blades
            {someone} ,,4 gun|knife|razor|blade|rope to his|her|their head|neck|throat|wrist|wrists
            {someone} ,,6 do|doing something stupid|silly|terrible to|with|if|tonight|again
            {someone} ..2 wrote|left|written|leaving ..2 goodbye|suicide letter|letters|note
            {someone} ..4 not|isnt safe alone|on|to_be_left
            {someone} ,,8 {end_their_life}
            {someone} ,,5 is|was|feels|felt|be|been|seems|sounds|being|becoming|getting suicidal
            {someone} ,,8 {say} ..2 of|about suicide !{suicide_as_a_term}
            {someone} ,,4 self harm|harms|harmed|harming|injures|injuring
            {someone} ,,6 suicide !{suicide_as_a_term}
            {someone} ..6 suicidal thoughts|feelings|ideas|urges
            {someone} ..4 attempted|attempt|tried|try|commit|committing ..1 suicide
            {someone} ..6 put|puts|putting an end to it|himself|herself|everything|things
            {someone} ..4 {say} ..3 ending it|things|everything
            {someone} ,,6 jump|jumping|jumped ..3 bridge|window|balcony|roof|train
            {someone} ..4 cutting|cuts|burning|burns|cut|harming|harms {theirself}
            {someone} ..4 cutting|cuts|burning his|her|their ..1 {own_skin}
            {someone} ..4 {have} ..2 loaded? gun|pistol|rifle|noose
            suicide note|letter
        """),
    ),
    WordRule(
        code="another_keeps_medicine_back",
        category=Category.SELF_HARM,
        says=_("Medicine is being saved up or hidden. There may be another reason; somebody should look."),
        strength=Strength.POSSIBLE,
        subject=Subject.HEARD,
        unless=OF_ANOTHER,
        patterns=lines("""
            {someone} ..5 hiding|hides|hid|hoarding|hoards|hoarded|saving|saves|saved|stockpiling|stashing|stashed ..4 {medicine}
            found ..5 {medicine} ..3 hidden|hoarded|stashed|under|inside|behind
            found ..3 stash|hoard|store|pile|dozens ..2 {medicine}
        """),
    ),
)

RULES = (*WRITER, *SOMEBODY_ELSE)
