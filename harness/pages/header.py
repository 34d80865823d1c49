"""What stands between a headline and the first paragraph: byline, date, dateline."""

import re

_MONTH = (
    r"(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|"
    r"oct(ober)?|nov(ember)?|dec(ember)?)\.?"
)
_DATE = re.compile(
    rf"\b({_MONTH}\s+\d{{1,2}}(st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}|"
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})(T(?=\d))?",
    re.I,
)
_BESIDE_DATE = re.compile(
    r"\b((mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?|date|at|on|"
    r"(first |last )?(published|updated|posted|modified)|\d{1,2}([:.]\d{2}){0,2}\s?[ap]\.?m\.?|"
    r"\d{1,2}([:.]\d{2}){1,2}Z?|[A-Z]{2,4}T|GMT|UTC|Z|"
    r"\d+[- ]min(ute)?s?( read)?|read(ing time)?|\d+ comments?)\b|[^\w]+",
    re.I,
)
_NAME = r"[A-Z][\w\u2019'.-]*"
_BYLINE = re.compile(
    rf"((?i:by|words( by)?|written by|story by|text by|report(ed)? by|from)[: ]\s*){_NAME}.*"
    rf"|{_NAME}( {_NAME}| (?:de|da|del|van|von|der|bin|al|la|le|of|and)){{1,6}},? "
    r"(?i:(staff|senior|chief|political|business|science|sports?|foreign|courts?|local|health|"
    r"\w+ affairs) (writer|reporter|correspondent|editor)|correspondent|reporter)",
)
_NAMES_ONLY = re.compile(
    rf"{_NAME}([ -]({_NAME}|de|da|del|van|von|der|bin|al|la|le|and)){{1,5}}"
    rf"((,| in|, in) {_NAME}( {_NAME})?)?"
)
_AGENCY = re.compile(
    r"(agence france-presse|afp|reuters|(the )?associated press|ap|bloomberg( news)?|xinhua|dpa|"
    r"efe|ansa|kyodo( news)?|yonhap( news agency)?|press association|pa media|upi|tass|"
    r"(our )?(staff|news|web) (writers?|reporters?|desk|team))",
    re.I,
)
_PLACE = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.\u2019'-]+"
_DATELINE = re.compile(
    rf"{_PLACE}([ ,/]+{_PLACE})*(, [A-Z][\w.\u2019' -]{{1,30}})?"
    r"(,? \w{3,9}\.? \d{1,2})?( ?\([A-Z][\w .\u2019'/-]{1,30}\))?\s*(\u2013|—|--|-)\s"
)
_PART = re.compile(r"\s+[·•|]\s+")


def parts(line: str) -> list[str]:
    """Return what a line holds between dots or bars: ``By Ana Ruiz · 4 May 2021`` holds two."""
    return [part for part in _PART.split(line.strip()) if part]


def is_date(line: str) -> bool:
    """Tell whether a line is a date of publication and nothing else.

    >>> is_date("Updated: Thursday, 9 March 2023, 5.42pm"), is_date("On 9 March 2023 the dam broke")
    (True, False)
    """
    rest, dates = _DATE.subn(" ", line)
    return dates > 0 and not _BESIDE_DATE.sub("", rest).strip()


def is_byline(line: str) -> bool:
    """Tell whether a line names who wrote: ``By NAME``, ``NAME, Staff Writer``, or an agency.

    >>> is_byline("By Callum Ferreira, Courts Reporter"), is_byline("By two to one, they won.")
    (True, False)
    """
    line = line.strip()
    if _AGENCY.fullmatch(line):
        return True
    return (
        len(line.split()) <= 14
        and _BYLINE.fullmatch(line) is not None
        and not (line[-1] in ".?!:" and not re.search(r"\b(Jr|Sr|[A-Z])\.$", line))
    )


def is_name(line: str) -> bool:
    """Tell whether a line could be nothing but names, which only means a byline in its place."""
    return _NAMES_ONLY.fullmatch(line.strip()) is not None


def has_dateline(paragraph: str) -> bool:
    """Tell whether a paragraph begins with a place in capitals and a dash, as first ones do.

    >>> has_dateline("HARLOW FALLS, Maine — They counted"), has_dateline("Maine is far — too far")
    (True, False)
    """
    return _DATELINE.match(paragraph) is not None
