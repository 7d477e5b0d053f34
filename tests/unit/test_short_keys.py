# SPDX-License-Identifier: MIT
"""The keys that the command line prints can be given back to it."""

from workbench.cli.output import short_keys


def test_keys_of_one_import_are_printed_as_far_as_they_differ():
    every = ["5265653a-ea24-4126", "5265653a-ea25-4126", "9c000000-0000-4000"]
    found = short_keys(every)
    assert found == {every[0]: every[0][:13], every[1]: every[1][:13], every[2]: "9c000000"}
    assert all(sum(key.startswith(short) for key in every) == 1 for short in found.values())


def test_a_single_key_and_one_that_begins_another_stay_apart():
    assert short_keys(["abc"]) == {"abc": "abc"}
    found = short_keys(["12345678", "123456789"])
    assert found["123456789"] == "123456789"
