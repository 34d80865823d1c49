import pytest

from harness.errors import UsageError
from harness.servers.address import address, is_local

SECRET = "hunter2hunter2"  # noqa: S105 - nobody's

GOOD = {
    "as it is": ("http://127.0.0.1:8000/v1", "http://127.0.0.1:8000/v1"),
    "slashes at the end": ("https://example.org/api/v1//", "https://example.org/api/v1"),
    "capitals": ("HTTP://Example.org/V1", "http://Example.org/V1"),
    "no path": ("http://localhost:8000", "http://localhost:8000"),
    "IPv6": ("http://[::1]:8000/v1", "http://[::1]:8000/v1"),
    "white space around": (" http://localhost/v1\n", "http://localhost/v1"),
}


@pytest.mark.parametrize(("given", "used"), GOOD.values(), ids=GOOD)
def test_a_url_is_used_without_slashes_at_its_end(given: str, used: str) -> None:
    """Paths are put behind it; its host and path are left as they are."""
    assert address(given) == used
    assert address(used) == used


BAD = {
    "no scheme": ("127.0.0.1:8000/v1", "does not begin with http:// or https://"),
    "a name alone": ("localhost", "does not begin with http"),
    "nothing": ("", "does not begin with http"),
    "a file": ("file:///etc/passwd", "does not begin with http"),
    "ftp": ("ftp://example.org/v1", "does not begin with http"),
    "no host": ("http:///v1", "names no host"),
    "a name and password": (f"http://me:{SECRET}@example.org/v1", "http://example.org/v1 holds a"),
    "a token": (f"https://{SECRET}@example.org/v1", "holds a name or password"),
    "a key at its end": (f"https://example.org/v1?key={SECRET}", "org/v1 goes on with"),
    "a fragment": (f"https://example.org/v1#{SECRET}", "goes on with"),
    "a question mark alone": ("https://example.org/v1?", "goes on with"),
    "an endpoint": ("http://localhost/v1/chat/completions", "Leave /chat/completions out"),
    "its end with a slash": ("http://localhost/v1/models/", "Leave /models out"),
    "a port beyond all": ("http://localhost:99999/v1", "port makes no sense"),
    "port 0": ("http://localhost:0/v1", "names no host that can be asked"),
    "half an IPv6": ("http://[::1/v1", "port makes no sense"),
    "a space": ("http://local host/v1", "names no host that can be asked"),
    "a line feed": ("http://localhost/v1\nX: y", "names no host that can be asked"),
    "no scheme, a password": (f"me:{SECRET}@example.org/v1?k={SECRET}", "does not begin with http"),
    "no port, a password": (f"http://me:{SECRET}@example.org:x/v1", "port makes no sense"),
}


@pytest.mark.parametrize(("given", "words"), BAD.values(), ids=BAD)
def test_what_cannot_be_asked_is_refused_in_words(given: str, words: str) -> None:
    """The words say what to write, and never what might be a secret."""
    with pytest.raises(UsageError, match=words) as error:
        address(given)
    assert SECRET not in str(error.value)


LOCAL = {
    "http://127.0.0.1:8000/v1": True,
    "http://127.9.9.9/v1": True,
    "http://localhost/v1": True,
    "http://[::1]/v1": True,
    "http://model.localhost/v1": True,
    "http://10.0.0.1/v1": False,
    "http://localhost.example.org/v1": False,
    "https://example.org/v1": False,
}


@pytest.mark.parametrize(("url", "local"), LOCAL.items(), ids=LOCAL)
def test_this_machine_is_known_by_its_names(url: str, local: bool) -> None:
    """Loopback addresses and localhost are this machine, and nothing else is."""
    assert is_local(url) is local
