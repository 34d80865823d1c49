"""Where a model runs: the device, told without importing torch, and how many threads it takes."""

import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

Count = Callable[[], int]


def resolve(device: str, torch: str, gpus: Count) -> str:
    """Return the device that ``auto`` stands for: cuda where torch can use one, else cpu.

    A run's signature must know the device before anything heavy is loaded. So the version of
    ``torch`` tells whether its build knows GPUs, and the driver, asked by ``gpus``, whether there
    are any.
    """
    if device != "auto":
        return device
    return "cuda" if not torch.endswith("+cpu") and gpus() else "cpu"


def count_gpus() -> int:
    """Return how many NVIDIA GPUs the driver has and CUDA_VISIBLE_DEVICES allows, without CUDA."""
    if os.environ.get("CUDA_VISIBLE_DEVICES", "unset").strip() in {"", "-1"}:
        return 0
    try:
        driver = ctypes.CDLL("libnvidia-ml.so.1")  # starts no CUDA, so a later fork is safe
    except OSError:
        return 0
    count = ctypes.c_uint(0)
    if driver.nvmlInit_v2() != 0 or driver.nvmlDeviceGetCount_v2(ctypes.byref(count)) != 0:
        return 0
    return count.value


def default_threads(cores: int | None = None) -> int:
    """Return how many threads a model on the CPU takes: all cores but one, and at least one.

    One core is left to everything else: with one busy neighbour, as many threads as cores took 25
    times as long as one fewer. OMP_NUM_THREADS, where set, is a limit too.
    """
    cores = _cores() if cores is None else cores
    told = os.environ.get("OMP_NUM_THREADS", "")
    most = max(1, cores - 1)
    return min(most, int(told)) if told.isdecimal() and int(told) else most


def spare_cores() -> int:
    """Return how many cores work may take in all: all but one, and at least one."""
    return max(1, _cores() - 1)


def _cores() -> int:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(usable or 1, _quota(Path("/sys/fs/cgroup/cpu.max"))))


def _quota(limits: Path) -> int:
    # A container sees all cores of its host but may be allowed the time of a few.
    try:
        allowed, period = limits.read_text(encoding="ascii").split()
        return max(1, int(allowed) // int(period))
    except (OSError, ValueError, ZeroDivisionError):
        return 2**31


@contextmanager
def threads(count: int) -> Iterator[None]:
    """Have torch use so many threads, and as many as before afterwards."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)
