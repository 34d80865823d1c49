from pathlib import Path

import pytest
from huggingface_hub import constants

from harness.errors import SummariserError, UsageError
from harness.models.locate import locate
from tests.tiny_models import hollow

COMMIT = "0123456789abcdef0123456789abcdef01234567"
OTHER = "fedcba9876543210fedcba9876543210fedcba98"
BART = {"model_type": "bart"}


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty hub cache that is the one in use, without the internet."""
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    return tmp_path / "hub"


def _keep(hub: Path, name: str, commit: str, ref: str = "main") -> Path:
    """Keep a model in the cache as the hub's own library does."""
    repository = hub / f"models--{name.replace('/', '--')}"
    (repository / "refs").mkdir(parents=True, exist_ok=True)
    (repository / "refs" / ref).write_text(commit)
    return hollow(repository / "snapshots" / commit, BART)


def _never(name: str, revision: str | None, patterns: list[str]) -> str:
    pytest.fail(f"{name} at {revision} was fetched: {patterns}")


def test_a_folder_is_found_where_it_lies(tmp_path: Path) -> None:
    """A path is the model itself, known by its files and by no commit."""
    found = locate(str(hollow(tmp_path / "m", BART)), fetch=_never)
    assert (found.folder.path, found.hub, found.commit) == (tmp_path / "m", None, None)


def test_a_kept_hub_model_needs_no_internet(hub: Path) -> None:
    """A name in the cache is found with the commit that main stood for when it was kept."""
    path = _keep(hub, "org/bart", COMMIT)
    found = locate("org/bart", fetch=_never)
    assert (found.folder.path, found.hub, found.commit) == (path, "org/bart", COMMIT)


def test_a_kept_hub_model_is_not_looked_up_again(
    hub: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the internet too, what is kept is used, so that a push does not change a candidate."""
    _keep(hub, "org/bart", COMMIT)
    monkeypatch.delenv("HF_HUB_OFFLINE")
    assert locate("org/bart", fetch=_never).commit == COMMIT


@pytest.mark.parametrize("revision", ["v2", OTHER])
def test_a_revision_is_a_branch_a_tag_or_a_commit(hub: Path, revision: str) -> None:
    """Either way the commit it stands for is what is recorded."""
    _keep(hub, "org/bart", COMMIT)
    _keep(hub, "org/bart", OTHER, ref="v2")
    assert locate("org/bart", revision, fetch=_never).commit == OTHER


@pytest.mark.usefixtures("hub")
def test_an_unknown_name_without_internet_is_told_plainly() -> None:
    """Neither folder nor kept nor reachable: all three are said, and what to do."""
    with pytest.raises(SummariserError) as caught:
        locate("org/bart", "v3", fetch=_never)
    assert str(caught.value) == (
        "There is no folder org/bart here, no model of that name at revision v3 in the local hub "
        "cache, and HF_HUB_OFFLINE forbids to fetch it. Check the name, connect to the internet, "
        "or give the path of a folder that holds it."
    )


@pytest.mark.usefixtures("hub")
def test_a_model_that_is_not_kept_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what is loaded is asked for: no pickle, unless it is trusted."""
    monkeypatch.delenv("HF_HUB_OFFLINE")
    asked: list[list[str]] = []

    def fetch(name: str, revision: str | None, patterns: list[str]) -> str:
        assert (name, revision) == ("org/bart", None)
        asked.append(patterns)
        return str(hollow(tmp_path / COMMIT, BART))

    assert locate("org/bart", fetch=fetch).commit == COMMIT
    locate("org/bart", pickle=True, fetch=fetch)
    assert ["pytorch_model*.bin" in patterns for patterns in asked] == [False, True]


def test_a_model_that_is_kept_in_part_is_fetched_whole(
    hub: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A snapshot that holds a tokenizer only, say, does not pass for the model."""
    path = _keep(hub, "org/bart", COMMIT)
    (path / "model.safetensors").unlink()
    with pytest.raises(SummariserError, match="has no weights"):
        locate("org/bart", fetch=_never)
    monkeypatch.delenv("HF_HUB_OFFLINE")
    fetch = lambda *_: str(hollow(path, BART))  # noqa: E731 - one line of a test
    assert len(locate("org/bart", fetch=fetch).folder.weights) == 1


@pytest.mark.usefixtures("hub")
def test_what_the_hub_answers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """No such name, no access, no network: the first line of what the hub's library says."""
    monkeypatch.delenv("HF_HUB_OFFLINE")

    def fetch(*_: object) -> str:
        raise ConnectionError("401: no access\nlong advice")

    with pytest.raises(SummariserError, match=r"did not give it: 401: no access\. Check"):
        locate("org/bart", fetch=fetch)


@pytest.mark.parametrize("path", ["/no/such/folder", "./none", "a/b/c", "~/none", "..", "C:\\none"])
def test_a_path_that_does_not_exist_is_no_hub_name(path: str, tmp_path: Path) -> None:
    """What can only be a path is never looked for on the hub, which says it could not connect."""
    if path == "..":
        path = str(tmp_path / ".." / "gone")
    with pytest.raises(SummariserError, match=r"does not exist\. Give the folder of a model"):
        locate(path, fetch=_never)


def test_a_file_is_no_model(tmp_path: Path) -> None:
    """A weights file is answered with what to give instead: its folder."""
    file = tmp_path / "model.gguf"
    file.write_bytes(b"GGUF")
    with pytest.raises(SummariserError, match=r"model\.gguf is a file\. Give the folder"):
        locate(str(file), fetch=_never)


def test_a_folder_has_no_revision(tmp_path: Path) -> None:
    """A revision beside a path would be ignored, so it is refused."""
    with pytest.raises(UsageError, match=r"revision='v2' is for names on the hub"):
        locate(str(hollow(tmp_path, BART)), "v2", fetch=_never)
