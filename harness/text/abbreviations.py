"""Word lists of the sentence splitter: what a full stop may belong to, and what opens a sentence.

All in small letters. A change here may split any text anew: change `SPLITTER` in sentences.py too.
"""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that a full stop belongs to, by what would make it the end of a sentence as well.
_WORDS = {
    # Nothing: a name follows.
    "title": """adm ald amb asst atty brig capt cllr cmdr col cpl cpt det dist dr dra drs ens fr ft
        gen gens gov govs hon insp intl lieut lt maj messrs mlle mme mr mrs ms msgr mt mts mx natl
        pres prof profs pte pvt rep reps rev revd rt sen sens sgt sra srta supt""",
    # Nothing: the rest of the phrase follows.
    "inner": "approx b c ca cf e.g eg est i.e ie incl v viz vs",
    # Anything but a number.
    "numbered": """apt art arts ch ext fig figs hr hrs hwy lb lbs min mins no nos op p para paras pp
        prop pt rte sec tel vol vols""",
    # Anything but a day, a month or a number.
    "date": """jan feb mar apr jun jul aug sep sept oct nov dec
        mon tue tues wed weds thu thur thurs fri sat sun""",
    # Anything but a day or a time zone, unless the sentence has only told the time so far.
    "clock": "a.m p.m",
    # Only a word that opens sentences.
    "open": "al assn bldg bros co corp cos dept esq etc inc jr ltd mfg ph.d plc sr st univ",
    # The same, and any capital after a place and a comma (`in Fresno, Calif. Police`).
    "state": """ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo
        mont neb nev okla ore pa tenn tex va vt wash wis wyo""",
}
KIND = {word: kind for kind, words in _WORDS.items() for word in words.split()}
"""The kind of each abbreviation, without its last full stop."""

CALENDAR = _set(_WORDS["date"]) | _set(
    """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday"""
)
"""Days and months, whole and short."""

OPENERS = _set(
    """a after all also although an and another any as at because before both but by critics despite
    during each either every experts few for from he her here his how however i if in instead
    investigators it its later lawyers many meanwhile more most mr mrs ms my neither no nobody
    none nor nothing now officials on once one only or organisers organizers others our people
    prosecutors researchers residents scientists several she since so some still such supporters
    that the their then there these they this those though three to today two under until we
    what when where whether which while who whose why with witnesses yet you your"""
)
"""Words that open sentences and, with a capital, are hardly ever part of a name."""

LETTERED = _set("appendix block exhibit gate grade group hepatitis plan type vitamin")
"""Words before a single letter that is a label, not an initial: `Group D.`"""

BRANDS = ("Jeopardy", "Joomla", "Wham", "Yahoo")
"""Names written with an exclamation mark."""
