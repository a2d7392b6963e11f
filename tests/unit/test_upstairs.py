"""How a method of a lower room finds what carries it out in a room above."""

import pytest

import remedies
from remedies.core import upstairs as stairs
from remedies.core.upstairs import leave_word, upstairs


@pytest.mark.parametrize("name", ["to_cds_cards", "to_guidance_response", "to_medication_request", "check"])
def test_a_public_name_is_found_upstairs(name: str) -> None:
    assert upstairs(name) is getattr(remedies, name)


def test_a_name_that_is_not_public_is_not_found() -> None:
    with pytest.raises(AttributeError, match="module 'remedies' has no attribute 'nonsense'"):
        upstairs("nonsense")


def test_the_last_word_that_was_left_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stairs, "_face", [])
    leave_word(str.lower)
    leave_word(str.upper)

    assert upstairs("a name") == "A NAME"
