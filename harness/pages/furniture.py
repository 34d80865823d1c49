"""What a page holds beside its article: comments, adverts, buttons, links to other articles.

A line is furniture by what it says as a whole. Some lines also open a section, such as "Related
stories": what follows belongs to it until a whole paragraph comes. Comments run to the end.
"""

import re
from collections.abc import Sequence

_LONGEST = 30
"""Words in the longest line that is still taken for furniture."""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.I)


_BUTTON = (
    r"(share|tweet|pin|e-?mail|print|save|bookmark|facebook|twitter|x|whatsapp|telegram|linkedin|"
    r"reddit|pinterest|instagram|youtube|messenger|viber|threads|bluesky|copy link|copy|link|"
    r"follow|like|reply|report|gift|listen|more)"
)
_COMMENTS = _any(
    r"(add|leave|post|write|view|show|read|hide|see)( a| all| your| the| more)? (\d+ )?"
    r"(comments?|reply|replies)",
    r"(\d+ )?comments?( \(\d+\))?:?",
    r"comments? (are |is )?(close[ds]?|off|disabled|policy|section)\b.*",
    r"be the first (person )?to (comment|reply)\b.*",
    r"there are (currently )?no comments\b.*|no comments( yet)?[.!]?|nobody has commented\b.*",
    r"join the (conversation|discussion|debate)\b.*",
    r"(please )?(log|sign) in( or (register|sign up|subscribe))? to (comment|join|reply|post)\b.*",
    r"(have your say|what do you think\?|reader comments?|your comments?|discussion)[.!]?",
)
_SECTION = _any(
    r"(related|recommended|trending|popular|latest|top|other|similar|more|editors?['\u2019]s?) "
    r"(stories|articles?|news|links?|coverage|content|topics?|posts?|reads?|headlines|reading|"
    r"picks?|videos?|for you)( .{0,30})?:?",
    r"(related|recommended|trending|sponsored|promoted)( now| today| content| links?)?:?",
    r"(you (may|might)( also)?|readers also|others also) (like|enjoy|be interested|liked|read)\b.*",
    r"(most|best|also|must|what to|where to)[- ](read|popular|viewed|shared|watched|reads?)"
    r"( next| now| today| this week| (in|on) .{1,40})?:?",
    r"more (from|on|in|about|like|of) .{1,60}",
    r"(up|read) next:?",
    r"how (does|did|do) (this|the|you) .{0,30}feel( about this( story| article)?)?\??",
    r"(what['\u2019]s|tell us|share) your (reaction|mood|view|opinion)\b.*",
    r"(rate|react to) this (story|article|post)\b.*",
    r"(topics|tags|filed under|keywords)( in this (story|article))?:?",
    r"sort by:?|newest( first)?|oldest( first)?|top comments?",
    r"(your )?reactions?( \(\d+\))?:?|also (on|in|from) .{1,40}",
    r"contact us|about us|about the author|our network|quick links|sections|site map",
)
_LINE = _any(
    r"summari[sz]e (this|the|it|with|article|story|page)\b.*",
    r"(ask|try|use) (our |the )?(AI|assistant|chatbot)\b.{0,60}",
    r"(download|get|install|try|open)\b.{0,40}\bapps?\b.{0,80}",
    r"(open|read|continue|view|available|listen|watch)\b.{0,15} (in|on|with|from) (the|our) "
    r".{0,20}\bapp\b.*",
    r"(available on |download (it )?(on|from) )?(the )?(app store|google play)( store)?\b.{0,20}",
    rf"{_BUTTON}([ ,|·/•]+{_BUTTON})*",
    r"share on .{1,20}|(share|follow|connect)( (on|via|with|us|this|it|the))?"
    r"( (story|article|post|page|us|on|via))*:?",
    r"(share|tweet|email|print|save|gift|send) (this|the)( (story|article|post|page))?"
    r"( (on|via|by|with|to) .{1,30})?",
    r"(sign up|subscribe|register)( now| here| today| free)?[.!]?",
    r"(please )?(sign up|subscribe|register)\b (for|to|and|here|now|today|by|with)\b.*",
    r"get\b.{0,80}\b(newsletters?|inbox|alerts?|updates|briefing)\b.*",
    r"(our |the |a )?(free |daily |weekly |morning |evening )*newsletters?[.!:]?",
    r"(follow|find|like|join) us (on|at)\b.*",
    r"(-+ ?)?(advertisements?|advertising|adverts?|sponsored( content| post)?|promoted|"
    r"paid (post|content)|ad)( ?-+)?",
    r"(story|article|content|text) continues (below|after|beneath)\b.*",
    r"(scroll|swipe|click|tap) (down |here |through )?(to|for|on)\b.{0,60}",
    r"(we|this (web)?site|our (web)?site|our partners)\b.{0,60}\bcookies?\b.*",
    r"(accept|manage|reject|allow)( all| my| your| the)?"
    r"( (cookies?|preferences|settings|choices))*",
    r"(ok|okay|got it|i agree|agree|dismiss|close|cancel|submit|send|loading\W*|play|pause|mute)",
    r"(cookie|privacy|editorial) (policy|notice|settings|preferences|guidelines|statement)",
    r"privacy|cookies|terms( (of|and) (use|service|conditions))?|imprint|accessibility|help|"
    r"advertise( with us)?",
    r"(©|\(c\)|copyright (©|\(c\)|\d{4})).*|.{0,60}\ball rights reserved\b.*",
    r"skip to\b.{0,40}|(toggle |main |site )?(navigation|menu|search)|home|sign in|"
    r"log ?(in|out)|my account|account|back to (the )?top|"
    r"(next|previous|prev)( (article|story|post|page))?|"
    r"e-?(paper|edition)",
    r"(listen|play|watch)( to)?( this)?( (article|story|audio|video))?"
    r"( (in|for)? ?\(?\d+.{0,12}\)?)?",
    r"\d+[- ]min(ute)?s?([- ]read)?|(reading|estimated) time\b.{0,30}",
    r"(read|see|watch|listen)( (more|also|next|this|here|now))?: .*|(don['\u2019]t miss|see also|"
    r"also read|must read|related|more|watch|read more|up next|in case you missed it)"
    r"\s?[:|»\u203a].*",
    r"(read|show|see|view|learn) (more|less|all)( .{0,30})?|continue reading\b.*|"
    r"(read|see|go to|back to)( the)? (full|whole|complete|entire|original) "
    r"(article|story|text|report)",
    r"(was|is|did) (this|the) (summary|article|page|story)\b.{0,20}\b(helpful|useful|help)\b.*|"
    r"(give|send)( us)? (your )?feedback\b.{0,30}",
    r"(file )?(photo|picture|image|video|photograph|graphic|illustration|pic)s?"
    r"( (by|credit|courtesy|from|via))?\s?[:/|] ?.*",
    r"(photo|picture|image|photograph|illustration|graphic)s? (by|courtesy|credit|credits) .{1,60}",
    r"(tags|topics|filed under|posted in|keywords|categories)\s?:.*",
    r"correction policy|report (an error|a (typo|mistake))|(send|submit) a (tip|letter)\b.{0,30}|"
    r"support (our|independent) journalism\b.*|(become|be) a (member|subscriber)\b.*",
    r"[\W_]*",
)
_ENDED = re.compile(r"[.?!…\u3002\uff01\uff1f\u061f\u0964][\"'”\u2019»」』)\]]*$")
_SIGN_OFF = re.compile(
    r"(?<=[.?!”\"\u2019])\s+(?P<mark>(?:[\u2013—-]{1,2}|###|#|\*{1,3}|■|□|▪)\s*"
    r"(?:[\w-]+\.(?:com|net|org|ph|uk)|[A-Z]{2,6}|Reuters)?(?:[/,] ?[A-Z][\w. ]{1,20})?)\s*$"
)


def is_furniture(line: str) -> bool:
    """Tell whether a line is, as a whole, no part of an article.

    >>> is_furniture("Download the Courier app!"), is_furniture("She downloaded the app on Friday.")
    (True, False)
    """
    return is_comments(line) or opens_section(line) or _whole(_LINE, line)


def is_comments(line: str) -> bool:
    """Tell whether a line belongs to the readers' comments, which run to the end of a page."""
    return _whole(_COMMENTS, line)


def opens_section(line: str) -> bool:
    """Tell whether a line heads a list of what is not the article: links, reactions, buttons."""
    return _whole(_SECTION, line) and line.strip()[-1] not in '.!”\u2019"'


def _whole(pattern: re.Pattern[str], line: str) -> bool:
    line = line.strip()
    return len(line.split()) <= _LONGEST and pattern.fullmatch(line) is not None


def is_prose(line: str, words: int = 8) -> bool:
    """Tell whether a line is a paragraph: several words, and the end of a sentence at its end.

    A script without spaces between words needs three letters for each.
    """
    line = line.strip()
    long = len(line.split()) >= words or (" " not in line and len(line) >= 3 * words)
    return long and _ENDED.search(line) is not None


def sort_out(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part the lines from an article's first paragraph on into its body and what is left out."""
    body: list[str] = []
    left: list[str] = []
    section = False
    for position, line in enumerate(lines):
        if body and is_comments(line):
            return _signed_off(body, [*left, *lines[position:]])
        furniture = is_furniture(line)
        section = opens_section(line) or (section and (furniture or not is_prose(line)))
        (left if furniture or section else body).append(line)
    return _signed_off(body, left)


def _signed_off(body: list[str], left: list[str]) -> tuple[list[str], list[str]]:
    """Take the mark that ends a report, such as a dash and the agency's name, off its body."""
    found = _SIGN_OFF.search(body[-1]) if body else None
    if not found:
        return body, left
    return [*body[:-1], body[-1][: found.start()].rstrip()], [found["mark"].strip(), *left]
