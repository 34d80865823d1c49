"""The tiny models, shared by all tests of a session."""

import pytest

from tests.tiny_models import Tiny, builder


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """Return what gives the folder of a family's tiny model."""
    return builder(tmp_path_factory.getbasetemp() / "tiny")
