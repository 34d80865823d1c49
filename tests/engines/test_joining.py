"""A Ray cluster that cannot be joined says so at once; one that can is joined quietly."""

import os
import re
import socket
import sys
from types import SimpleNamespace

import pytest

from harness.engines import _joining
from harness.engines.ray import Ray
from harness.errors import MissingExtraError, UsageError


def unused() -> str:
    """Return the address of a port on which nobody listens."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{bound.getsockname()[1]}"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        pytest.param(None, "Which Ray cluster", id="none"),
        pytest.param("ray://head:10001", "does not work through Ray's client", id="client"),
        pytest.param(unused(), "nothing answers there", id="nobody-listens"),
        pytest.param("127.0.0.1:99999", "nothing answers there", id="no-port"),
    ],
)
def test_a_cluster_that_cannot_be_joined_is_told_at_once(
    monkeypatch: pytest.MonkeyPatch, address: str | None, told: str
) -> None:
    """Ray itself would try for minutes; what to do is in the message."""
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    with pytest.raises(UsageError, match=told), Ray(address).open():
        pass


def test_the_environment_names_the_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    """RAY_ADDRESS is used where nothing else is said."""
    monkeypatch.setenv("RAY_ADDRESS", "ray://other:10001")
    with pytest.raises(UsageError, match="ray://other:10001"), Ray().open():
        pass


def test_without_the_package_the_install_line_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtraError, match=re.escape("harness[ray]")), Ray("local").open():
        pass


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Put another Ray in the place of the real one: a cluster of one node, without a GPU."""
    node = {"Alive": True, "Resources": {"CPU": 2.0}}
    gone = {"Alive": False, "Resources": {"CPU": 64.0, "GPU": 8.0}}
    ended: list[bool] = []
    made = SimpleNamespace(
        init=lambda **_: None,
        nodes=lambda: [node, gone],
        shutdown=lambda: ended.append(True),
        ended=ended,
    )
    monkeypatch.setitem(sys.modules, "ray", made)
    return made


@pytest.mark.parametrize(
    "engine", [Ray("auto", gpus=1), Ray("auto", cpus=3)], ids=["no-gpu", "too-many-cores"]
)
def test_a_worker_that_no_node_has_room_for_is_refused(other: SimpleNamespace, engine: Ray) -> None:
    """Ray would wait for such a node without end; the cluster is left again."""
    with pytest.raises(UsageError, match="up to 2 cores and 0 GPUs"), engine.open():
        pass
    assert other.ended


def test_another_version_of_ray_is_told_in_its_words(other: SimpleNamespace) -> None:
    """What Ray says of versions that differ reaches the user, and the environment is as before."""

    def refuse(**_: object) -> None:
        assert "RAY_py_gcs_connect_timeout_s" in os.environ
        msg = "Version mismatch: the cluster was started with Ray 2.50.0"
        raise RuntimeError(msg)

    other.init = refuse
    before = dict(os.environ)
    with pytest.raises(UsageError, match=r"'auto' cannot be joined: .*Ray 2\.50\.0"):
        Ray("auto").open().__enter__()
    assert dict(os.environ) == before


def test_usage_is_never_reported(other: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ray's usage statistics are off for as long as a cluster is joined, which it then leaves."""
    monkeypatch.delenv("RAY_USAGE_STATS_ENABLED", raising=False)
    monkeypatch.setattr(_joining, "_hush", lambda: None)
    with Ray("auto").open():
        assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"
        assert not other.ended
    assert other.ended


def test_what_a_person_sets_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who wants Ray's own words gets them."""
    monkeypatch.setenv("RAY_BACKEND_LOG_LEVEL", "debug")
    with _joining._environment(_joining._QUIET):
        assert os.environ["RAY_BACKEND_LOG_LEVEL"] == "debug"
