"""What a model is told around the article, and what is taken off its answer.

A prompt holds ``{article}`` once, and everything else in it is sent as it stands. It is part of a
run's signature, so a changed prompt is another candidate.
"""

PLACE = "{article}"

CHAT_PROMPT = """\
Summarise the news article below in three sentences. Keep to what the article says, and answer \
with the summary alone.

{article}"""

RAW_PROMPT = "{article}\n\nTL;DR:"
"""For a model without chat template (Radford et al., 2019)."""

TODAY = "2024-07-26"
"""The date that chat templates are told.

Some (Llama 3's, for one) write the day's date into the prompt, so that the same article would be
summarised differently tomorrow. They are given this day, their own example, instead.
"""

_CLOCK = """\
{%- macro strftime_now(format) -%}
{{- format | replace("%Y", "2024") | replace("%y", "24") | replace("%m", "07") | replace("%d", "26")
 | replace("%B", "July") | replace("%b", "Jul") | replace("%A", "Friday") | replace("%a", "Fri")
 | replace("%H", "00") | replace("%M", "00") | replace("%S", "00") -}}
{%- endmacro -%}
"""

END_OF_THOUGHT = "</think>"


def fill(prompt: str, article: str) -> str:
    """Return the prompt with the article in its place."""
    return prompt.replace(PLACE, article)


def dated(template: str) -> str:
    """Return a chat template that knows no day but TODAY."""
    return _CLOCK + template if "strftime_now" in template else template


def spoken(answer: str) -> str:
    """Return an answer without the thoughts that a reasoning model writes before it.

    >>> spoken("<think>Two facts matter.</think> The bridge closes.")
    'The bridge closes.'
    >>> spoken("<think>Two facts matter, and")
    ''
    """
    thought, ended, rest = answer.partition(END_OF_THOUGHT)
    said = (rest if ended else thought).strip()
    return "" if said.startswith("<think>") else said
