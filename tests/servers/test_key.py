import pytest

from harness.errors import SummariserError, UsageError
from harness.servers.key import Key, check_name, read

SECRET = "sk-0123456789abcdefghij"  # noqa: S105 - no server knows it


@pytest.mark.parametrize("name", ["HARNESS_API_KEY", "MY_KEY_2", "_K"])
def test_a_variable_s_name_is_taken(name: str) -> None:
    """Capitals, digits and underscores name a variable."""
    check_name(name)


@pytest.mark.parametrize("name", [SECRET, "gsk_abcDEF123", "", "A B", "2KEY", "A" * 65])
def test_what_may_be_a_key_is_refused_and_not_repeated(name: str) -> None:
    """A key by mistake would be written to every run; the refusal does not show it either."""
    with pytest.raises(UsageError, match="the name of an environment variable") as error:
        check_name(name)
    assert not name or name not in str(error.value)


def test_a_key_is_read_from_the_environment() -> None:
    """Without the white space that a file or a shell leaves around it."""
    assert read("MY_KEY", {"MY_KEY": f" {SECRET}\n"}).headers() == {
        "Authorization": f"Bearer {SECRET}"
    }


def test_no_key_need_be_set() -> None:
    """Where nobody named a variable, a server is asked without a key."""
    assert read("HARNESS_API_KEY", {}).headers() == {}
    assert read("HARNESS_API_KEY", {"HARNESS_API_KEY": " "}).headers() == {}


def test_a_variable_that_was_named_must_be_set() -> None:
    """Otherwise the server would say that a key is wrong that was never sent."""
    with pytest.raises(SummariserError, match="MY_KEY is not set"):
        read("MY_KEY", {})


@pytest.mark.parametrize("value", [f"{SECRET} x", f"{SECRET}\nX-Evil: 1", f"{SECRET}é"])
def test_what_fits_in_no_header_is_no_key(value: str) -> None:
    """The error names the variable and not its content."""
    with pytest.raises(SummariserError, match="MY_KEY holds no key") as error:
        read("MY_KEY", {"MY_KEY": value})
    assert SECRET not in str(error.value)


def test_a_key_does_not_print_itself() -> None:
    """Whoever prints a client or a traceback sees none."""
    assert SECRET not in repr(Key(SECRET))


TEXTS = {
    "a long key in words": (SECRET, "Bad key ***.", "Bad key ***."),
    "a short one stays in texts": ("ollama", "Bad key ***.", "Bad key ollama."),
    "none": (None, "Bad key None.", "Bad key None."),
}


@pytest.mark.parametrize(("value", "words", "text"), TEXTS.values(), ids=TEXTS)
def test_a_key_is_taken_out_of_what_a_server_says(value: str | None, words: str, text: str) -> None:
    """Of words for a person always; of a summary only where it cannot be one of its own words."""
    key, said = Key(value), f"Bad key {value}."
    assert (key.scrub(said), key.scrub_text(said)) == (words, text)


@pytest.mark.parametrize("end", range(4, len(SECRET)))
def test_a_key_that_was_cut_short_is_taken_out_too(end: int) -> None:
    """A server's words are shown up to a limit, which may fall into the key."""
    assert Key(SECRET).scrub(f"Bad key {SECRET[:end]} [...]. Go on") == "Bad key *** [...]. Go on"
