import pytest

from pipeline.config import load_config
from pipeline.errors import ConfigError


def test_defaults_load_and_change() -> None:
    config = load_config()
    assert config.workers == 1
    assert config.changed(workers=3, batch_size=None).workers == 3


def test_unknown_settings_are_refused(tmp_path) -> None:
    with pytest.raises(ConfigError, match="unknown setting colour"):
        load_config().changed(colour="red")
    path = tmp_path / "own.toml"
    path.write_text("[run]\nworkres = 2\n")
    with pytest.raises(ConfigError, match="workres"):
        load_config(path)


def test_values_out_of_range_are_refused() -> None:
    with pytest.raises(ConfigError, match="workers"):
        load_config().changed(workers=0)
