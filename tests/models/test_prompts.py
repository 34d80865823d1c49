import pytest

from harness.models import prompts


def test_only_the_article_is_filled_in() -> None:
    """Braces and placeholders of any other kind, in prompt or article, stay as they are."""
    filled = prompts.fill('Answer as {"summary": ...}: {article}', "A {text} of {article} 100%s")
    assert filled == 'Answer as {"summary": ...}: A {text} of {article} 100%s'


@pytest.mark.parametrize("prompt", [prompts.CHAT_PROMPT, prompts.RAW_PROMPT])
def test_the_default_prompts_have_one_place(prompt: str) -> None:
    """Every shipped prompt holds the article once."""
    assert prompt.count(prompts.PLACE) == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        pytest.param("The bridge closes.", "The bridge closes.", id="no thoughts"),
        pytest.param(
            "<think>Hm.\n\nYes.</think>\n\nThe bridge closes.", "The bridge closes.", id="before"
        ),
        pytest.param("Hm. Yes.</think>It closes.", "It closes.", id="opened by the prompt"),
        pytest.param("<think>\n\n</think>\n\nIt closes.", "It closes.", id="no thought at all"),
        pytest.param("<think>Hm. And then", "", id="cut while thinking"),
        pytest.param("People think it closes.", "People think it closes.", id="the word itself"),
    ],
)
def test_thoughts_are_no_part_of_a_summary(answer: str, said: str) -> None:
    """What a reasoning model thinks aloud is taken off, and thinking alone is no answer."""
    assert prompts.spoken(answer) == said


def test_white_space_is_taken_off_at_once() -> None:
    """A model that has gone astray writes it by the page; time must not grow with its square."""
    assert prompts.spoken(" " * 10**6 + "It closes.") == "It closes."


def test_a_template_without_a_clock_is_left_alone() -> None:
    """Nothing is added to a template that asks for no date."""
    assert prompts.dated("{{ messages }}") == "{{ messages }}"


@pytest.mark.parametrize(
    ("form", "told"),
    [("%d %b %Y", "26 Jul 2024"), ("%Y-%m-%d", "2024-07-26"), ("%A, %d %B", "Friday, 26 July")],
)
def test_a_template_with_a_clock_sees_one_day_for_ever(form: str, told: str) -> None:
    """However a template writes the date, it writes the same one every day."""
    from jinja2 import Environment

    template = prompts.dated(f"Today is {{{{ strftime_now('{form}') }}}}.")
    assert Environment(autoescape=True).from_string(template).render() == f"Today is {told}."
