"""Lists of words that stand for one thing. Spelled as `sentences` spells: small letters, no apostrophes."""

from __future__ import annotations


def words(text: str) -> tuple[str, ...]:
    """The entries of a list written with commas."""
    return tuple(entry for entry in (part.strip() for part in text.replace("\n", " ").split(",")) if entry)


NOT = frozenset(
    words(
        "not, no, never, without, nor, neither, none, nobody, dont, doesnt, didnt, isnt, arent, wasnt, werent, aint,"
        "hasnt, havent, hadnt, wont, wouldnt, shouldnt"
    )
)
# Words in almost every sentence; a pattern is looked for by its other words.
COMMON = frozenset(
    words(
        "i, im, ive, me, my, you, your, he, hes, she, shes, they, we, it, its, his, her, him, a, an, the, and, or,"
        "but, to, of, in, on, at, for, with, is, are, was, were, be, been, has, have, had, do, does, not, no, this,"
        "that, so, as, if, up, out, all, just, what, when, can, will, would, from, by, now, dont, cant, go, get,"
        "there, mum, mom, dad, husband, wife, said, says, eat, eating"
    )
)
# Of whom caregivers write: mostly of the one they look after, who is an adult.
PATIENTS = words(
    "dad, daddy, father, mum, mummy, mom, mother, mam, husband, wife, partner, fiance, fiancee, gran, granny, nan,"
    "nana, grandma, grandmother, grandad, granddad, grandpa, grandfather, patient, hubby, papa, mama, spouse"
)
OTHERS = words(
    "brother, sister, son, daughter, child, children, kid, kids, boy, girl, teenager, teen, year old, niece, nephew,"
    "cousin, aunt, uncle, friend, neighbour, neighbor, colleague, carer"
)
# Entries that stand for a form of number rather than for themselves. Fever: from 38.0 °C, from 100.4 °F.
SHAPES = {
    "<fever>": r"(?:3[89](?:[.,]\d)?|4[01](?:[.,]\d)?|100[.,][4-9]|10[1-6](?:[.,]\d)?)",
    "<oxygen>": r"[78]\d",
    "<year>": r"(?:19|20)\d\d",
}

VOCABULARY: dict[str, tuple[str, ...]] = {
    # People
    "i": words("i, im, ive, id, ill"),
    "someone": (
        *words("he, she, they, hes, shes, theyre, hed, shed, theyd, who"),
        *PATIENTS,
        *OTHERS,
    ),
    "them": (*words("him, her, them, me"), *PATIENTS, *OTHERS),
    "relation": (*PATIENTS, *OTHERS),
    "other_relation": OTHERS,
    "theirself": words("himself, herself, themselves, themself, hisself"),
    "professional": words(
        "doctor, doctors, dr, nurse, nurses, oncologist, oncologists, consultant, gp, team, hospital, ward,"
        "pharmacist, dietitian, dietician, clinic, surgeon, hospice, palliative team, specialist, paramedic"
    ),
    "paper": words("leaflet, sheet, booklet, card, poster, website, page, plan, letter, guide, instructions"),
    # Verbs
    "advise": words(
        "said, say, says, told, tells, explained, advised, advises, agreed, asked, wants, thinks, reduced, stopped, changed,"
        "recommended, recommends"
    ),
    "is": words(
        "is, are, am, was, im, hes, shes, theyre, being, been, keeps, started, starts, starting, mums, dads"
    ),
    "have": words("have, has, had, ive, having, hes, shes"),
    "cannot": words(
        "cant, cannot, can not, can hardly, can barely, can scarcely, hardly, barely, unable to, not able to,"
        "isnt able to, struggling to, struggles to, fighting to, fights to, trying to"
    ),
    "not": words(
        "not, dont, doesnt, didnt, never, wont, isnt, arent, hasnt, havent, no longer, wouldnt, cant, cannot"
    ),
    "not_want": words(
        "dont want, do not want, does not want, doesnt want, didnt want, did not want, no longer want,"
        "no longer wants, never want, dont wanna, dont wish, does not wish, doesnt wish, not want, not wanting,"
        "would rather not, not sure i want, not sure she wants, not sure he wants"
    ),
    "want": words(
        "want, wants, wanted, wanting, wanna, wish, wishes, wished, wishing, hope, hopes, hoping, pray, prays, praying,"
        "long, longs, longing, tempted, going, intend, intends, planning, plans, plan, ready, about"
    ),
    "ask": words(
        "ask, asks, asked, asking, beg, begs, begged, begging, plead, pleads, pleaded, pleading, want, wants, wanted,"
        "implores, implored, demands, demanded"
    ),
    "say": words(
        "say, says, said, saying, tell, tells, told, telling, talk, talks, talked, talking, mention, mentions,"
        "mentioned, threaten, threatens, threatened, threatening, whisper, whispers, whispered, text, texted, texts,"
        "wrote, writes, messaged, insists, keeps, feels, thinks, thinking"
    ),
    "think": words(
        "think, thinks, thinking, thought, thoughts, idea, imagine, imagining, imagines, fantasise, fantasising,"
        "fantasize, fantasizing, dream, dreaming, consider, considering, considered, picture, picturing, contemplate,"
        "contemplating, contemplated, talk, talks, talking, talked, urge, urges, planning, plan, plans, about"
    ),
    "die": words("die, be dead, be gone, be gone too, not be alive, just die, stop living, stop existing"),
    "live": words(
        "live, be alive, be here, be around, exist, wake up, keep living, go on living, carry on living, stay alive,"
        "continue living, wake, see tomorrow"
    ),
    "lead": words(
        "just, so, honestly, really, always, some days, and, but, sometimes, also, often, been, keep, very, still, just so,"
        "because, lately, truly, part of me, i, only, thats all, or, even"
    ),
    "death_wish": words(
        "life isnt worth living, life is not worth living, no point in living, no point living, no reason to live, better off dead,"
        "better dead, better off without him, better off without her, better off without them, wish i was dead, wishes to be dead,"
        "wants it to be over, wants it all to end, wants it to end, wants to disappear, cant go on living, nothing to live for,"
        "had enough of life, had enough of living, tired of life, tired of living, ready to die, want to be dead, wants out,"
        "hates being alive, want to disappear, shouldnt be alive, see the point of living, see the point in living"
    ),
    "let_go": words(
        "sleep, go to sleep, end, end it, stop, stop it all, disappear, let go, jump, swallow, take them, take it all, take them all,"
        "drive off, slip away, never wake, not wake, die, finish it"
    ),
    "own_skin": words("arm, arms, leg, legs, wrist, wrists, skin, thigh, thighs, stomach, forearm, forearms"),
    "end_life": words(
        "kill myself, killing myself, killed myself, hang myself, hanging myself, drown myself, drowning myself,"
        "shoot myself, shooting myself, poison myself, harm myself, harming myself, hurting myself, hurt myself on purpose,"
        "end my life, ending my life, end my own life, ending my own life, take my life, taking my life,"
        "take my own life, taking my own life, end it all, ending it all, end everything, ending everything,"
        "ending things, end my pain, do away with myself, do myself in, top myself, finish myself off"
    ),
    "end_their_life": words(
        "kill himself, kill herself, kill themselves, killing himself, killing herself, killing themselves,"
        "hang himself, hang herself, hang themselves, drown himself, drown herself, shoot himself, shoot herself,"
        "harm himself, harm herself, harming himself, harming herself, harming themselves, hurting himself,"
        "hurting herself, end his life, end her life, end their life, end his own life, end her own life,"
        "ending his life, ending her life, ending his own life, ending her own life, take his own life,"
        "take her own life, take their own life, taking his own life, taking her own life, end it all, ending it all,"
        "ending things, end it herself, end it himself, finish himself off, finish herself off, do away with himself,"
        "do away with herself"
    ),
    "suicide_as_a_term": words(
        "gene, form, forms, risk, prevention, hotline, line, rates, rate, watch, squad, therapy"
    ),
    # Where somebody wants to die, or to live, is another matter.
    "place_of_dying": words(
        "at, in, with, here, there, peacefully, naturally, of, from, before, surrounded, first, home, a, to"
    ),
    "place_of_living": words(
        "in, at, with, on, near, next, by, for, off, alone, together, before, until, up, early, me, him, her,"
        "them, us, my, people, others, the, you"
    ),
    # Medicines
    "medicine": words(
        "tablet, tablets, pill, pills, med, meds, medicine, medicines, medication, medications, morphine, oramorph,"
        "oxycodone, oxy, fentanyl, codeine, tramadol, methadone, opioid, opioids, opiates, painkiller, painkillers,"
        "paracetamol, sleeping tablets, sleeping pills, insulin, patch, patches, diazepam, lorazepam, midazolam,"
        "sedative, sedatives, steroid, steroids, dexamethasone, capsules, syringe, drugs, prescription, antidepressants"
    ),
    "treatment": words(
        "chemo, chemotherapy, radiotherapy, radiation, immunotherapy, treatment, treatments, antibiotics,"
        "blood thinners, anticoagulants, warfarin, heparin"
    ),
    "opioid": words(
        "morphine, oramorph, oxycodone, oxy, fentanyl, codeine, tramadol, methadone, opioid, opioids, opiates, patch,"
        "patches, breakthrough dose, painkiller, painkillers, syringe driver"
    ),
    "has_taken": words(
        "took, taken, swallowed, given, gave, had, has taken, have given, i gave, she took, he took, drank, put on, stuck on"
    ),
    "swallowable": words(
        "tablets, pills, bleach, detergent, cleaner, washing liquid, bottle, packet, box, battery"
    ),
    "taken_in_order": words(
        "back, to, at, with, after, as, from, home, for, every, in, each, on, before, because, away, out"
    ),
    "too_much": words(
        "twice, too much, too many, double, two doses, a double dose, times the, twice as much, triple, wrong, extra"
    ),
    # Time
    "now": words(
        "now, right now, tonight, today, this morning, this afternoon, this evening, just now, at the moment, since,"
        "suddenly, all of a sudden, minutes, minutes ago, an hour ago, hours, currently, started, getting worse,"
        "what do i do, what should i do, please help, help, new, yesterday, last night, has become, is becoming, this minute"
    ),
    # Signs
    "fever": words(
        "fever, feverish, a temperature, high temperature, temperature, temp, burning up, shivering, shivers, shivery,"
        "chills, rigors, rigor, shaking with cold, boiling hot"
    ),
    "chemo": words(
        "chemo, chemotherapy, immunotherapy, neutropenic, neutropenia, treatment, round, cycle, infusion, white cells,"
        "white blood cells, white count, neutrophils, port, picc line, picc, transplant"
    ),
    "confused": words(
        "confused, confusion, disoriented, disorientated, delirious, hallucinating, hallucinations, seeing things,"
        "talking nonsense, rambling, talking to people, not making sense, not making any sense, making no sense,"
        "not herself at all, not himself at all, muddled"
    ),
    "very_drowsy": words(
        "very drowsy, so drowsy, too drowsy, really drowsy, drowsy and,"
        "hard to wake, difficult to wake, hard to rouse, barely awake, hardly awake, barely conscious, unresponsive,"
        "breathing slowly, breathing is slow, breathing very slowly, breathing is very slow, breathing is shallow,"
        "pinpoint pupils, tiny pupils, wont wake, cant wake, not waking"
    ),
    "fallen_ill": words(
        "collapsed, unconscious, unresponsive, passed out, lost consciousness, blacked out, keeled over"
    ),
    # Advice
    "softly": words(
        "just, please, honestly, simply, and, so, then, or, my advice, advice, best, better, always, ladies, guys, hey,"
        "hun, dear, listen, look, well, first, really, definitely, if you can, what helped"
    ),
    "stop": words(
        "stop, quit, ditch, skip, bin, drop, throw away, come off, get her off, get him off, get them off, take her off,"
        "take him off, take them off, leave out, flush, get rid of, give up, refuse"
    ),
    "dose_of": (
        "dose",
        "doses",
        "amount",
        *words(
            "morphine, oramorph, oxycodone, fentanyl, opioid, steroid, steroids, insulin, tablets, pills, patches, patch,"
            "medication, meds, paracetamol, dexamethasone, painkillers, lorazepam"
        ),
    ),
    "remedy": words(
        "apricot kernels, kernels, herb, herbs, herbal, herbalist, cannabis, cannabis oil, hemp oil, cbd, cbd oil, rick simpson oil,"
        "black salve, essiac, soursop, graviola, baking soda, bicarbonate, alkaline, alkaline water, mms, mineral drops,"
        "turmeric, curcumin, mushrooms, mushroom, ivermectin, fenbendazole, dewormer, vitamin c, vitamin b17, b17, laetrile,"
        "juice, juicing, fasting, keto, hydrogen peroxide, chlorine dioxide, ozone, miracle, drops, oil, tea, root, powder,"
        "tincture, supplement, supplements, crystals, reiki, prayer, magnets, colloidal silver, wormwood, moringa, noni"
    ),
    "heals": words(
        "cure, cures, cured, curing, heal, heals, healed, reverse, reverses, reversed, melt, melts, melted, shrank, shrinks,"
        "dissolve, dissolves, clears, cleared, kills cancer, kills the cancer, clear the cancer, clears the cancer, got rid of,"
        "gets rid of, starve, starves"
    ),
    # Selling
    "buy": words(
        "buy, order, purchase, shop, get yours, grab yours, try our, sign up, subscribe, register, invest"
    ),
    "goods": words(
        "gummies, cbd, supplement, supplements, shake, shakes, powder, pills, drops, oil, herbs, product, products, kit,"
        "course, ebook, book, package, deal, cream, capsules, gift card, medicine, medicines, drinks, followers"
    ),
    "contact": words(
        "message me, dm me, inbox me, text me, pm me, contact me, whatsapp me, email me, write to me, call me, dm us, contact us,"
        "message us, call us, contact him, contact her, contact dr, contact doctor, reach him, reach her, reach out to, email him"
    ),
    # Insults
    "insult": words(
        "idiot, idiots, stupid, moron, morons, pig, pigs, bitch, bastard, cow, loser, losers, pathetic, disgusting, disgrace,"
        "disgraceful, worthless, useless, liar, liars, scum, fool, fools, selfish, terrible, evil, trash, garbage, cunt, twat,"
        "wanker, asshole, arsehole, dumb, monster, murderer, murderers, parasite, parasites, ignorant, fraud, cretin, lazy,"
        "vile, awful, horrible, ugly, fat, crazy, mental, sick, attention seeker, attention seekers, drama queen, waste of space,"
        "imbecile, halfwit, retard, retarded, slut, whore, freak, creep, heartless, cruel, abuser, killer, shameful, shit"
    ),
    "strong_insult": words(
        "idiot, idiots, moron, morons, bitch, bastard, scum, cunt, twat, wanker, asshole, arsehole, cretin, imbecile, retard,"
        "slut, whore, pathetic losers, pathetic loser, disgusting pig, stupid cow"
    ),
    "any_person": words(
        "person, people, woman, man, girl, boy, cow, pig, bitch, idiot, fool, daughter, son, wife, husband, mother"
    ),
}
