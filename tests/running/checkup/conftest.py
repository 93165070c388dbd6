"""A deployment to look at: settings of its own in a folder of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.postgres import free_port
from treno_chat.settings import Settings

Deploy = Callable[..., Settings]


@pytest.fixture
def deploy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Deploy:
    """Return the settings of a fresh clone, with something else in places."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)

    def deploy(**given: object) -> Settings:
        port = free_port()
        usual = {
            "data_dir": tmp_path / "data",
            "port": port,
            "public_origin": f"http://localhost:{port}",
        }
        return Settings.model_validate({**usual, **given})

    return deploy
