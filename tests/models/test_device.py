from pathlib import Path

import pytest

from harness.models.device import _quota, count_gpus, default_threads, resolve


@pytest.mark.parametrize(
    ("asked", "torch", "gpus", "device"),
    [
        pytest.param("auto", "2.13.0+cpu", 8, "cpu", id="a build without GPUs"),
        pytest.param("auto", "2.13.0", 0, "cpu", id="a build for GPUs, and none"),
        pytest.param("auto", "2.13.0+cu128", 1, "cuda", id="a build for GPUs, and one"),
        pytest.param("auto", "2.13.0", 1, "cuda", id="a build that names no GPU"),
        pytest.param("cuda:1", "2.13.0+cpu", 0, "cuda:1", id="as asked"),
        pytest.param("mps", "2.13.0", 0, "mps", id="never found, but taken"),
    ],
)
def test_auto_is_a_gpu_where_torch_can_use_one(
    asked: str, torch: str, gpus: int, device: str
) -> None:
    """Both the build of torch and the driver have their say; a device that is named is taken."""
    assert resolve(asked, torch, lambda: gpus) == device


@pytest.mark.parametrize("hidden", ["", "-1"])
def test_hidden_gpus_are_none(hidden: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """CUDA_VISIBLE_DEVICES hides the GPUs of a machine that has some."""
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", hidden)
    assert count_gpus() == 0


@pytest.mark.parametrize(
    ("cores", "told", "threads"),
    [(1, "", 1), (2, "", 1), (8, "", 7), (8, "2", 2), (8, "64", 7), (8, "0", 7), (8, "x", 7)],
)
def test_one_core_is_left_to_others(
    cores: int, told: str, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All cores but one, at least one, and no more than OMP_NUM_THREADS, if that is a number."""
    monkeypatch.setenv("OMP_NUM_THREADS", told)
    assert default_threads(cores) == threads


@pytest.mark.parametrize(
    ("limits", "cores"),
    [("400000 100000", 4), ("50000 100000", 1), ("max 100000", 2**31), ("", 2**31)],
)
def test_a_container_has_the_cores_it_is_allowed(tmp_path: Path, limits: str, cores: int) -> None:
    """A control group's quota counts, not the cores of the host that can be seen from inside."""
    (tmp_path / "cpu.max").write_text(limits)
    assert _quota(tmp_path / "cpu.max") == cores


def test_without_control_groups_nothing_limits(tmp_path: Path) -> None:
    """Where there is no such file, all cores count."""
    assert _quota(tmp_path / "none") == 2**31
