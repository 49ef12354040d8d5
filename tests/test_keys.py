"""Keys that the installation makes for itself."""

import pytest

from hucheng.config.keys import key_file


def test_a_key_is_made_once_with_mode_0600(tmp_path):
    path = tmp_path / "keys" / "field.key"
    assert key_file(path) == key_file(path) and len(key_file(path)) == 32
    assert path.stat().st_mode & 0o777 == 0o600 and len(list(path.parent.iterdir())) == 1


def test_a_key_of_another_length_is_refused(tmp_path):
    path = tmp_path / "field.key"
    path.write_bytes(b"short")
    with pytest.raises(ValueError):
        key_file(path)
