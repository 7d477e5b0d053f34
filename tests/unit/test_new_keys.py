"""Keys of many new records: as random as any, and in the order in which an index takes them."""

from itertools import islice
from uuid import UUID

from workbench.application.new_keys import new_keys


def test_keys_are_uuids_of_version_4_that_follow_each_other():
    keys = list(islice(new_keys(), 2500))
    assert all(UUID(key).version == 4 and str(UUID(key)) == key for key in keys)
    assert keys == sorted(set(keys))


def test_two_imports_have_no_key_in_common_even_where_they_begin_alike(monkeypatch):
    monkeypatch.setattr("workbench.application.new_keys.secrets.randbits", lambda _bits: 0)
    first, second = (set(islice(new_keys(), 1500)) for _ in range(2))
    assert first.isdisjoint(second)
