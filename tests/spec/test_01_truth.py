"""A statement is so, is not so, or nobody has said: yes, no and unknown, joined by strong Kleene "and" and "or".

"And" is the least and "or" the greatest of its parts, where unknown lies between no and yes; there is no "not", and
a truth refuses to be tested, so that unknown never passes for no. Every row of the tables is held against that.
"""

import operator
from itertools import product

import pytest

from remedies import Truth
from remedies.core.truth import AND, OR, all_of, any_of

RANK = {Truth.NO: 0, Truth.UNKNOWN: 1, Truth.YES: 2}
"""In strong Kleene logic "and" is the least and "or" the greatest, where unknown lies between no and yes."""

PAIRS = list(product(Truth, repeat=2))
TRIPLES = list(product(Truth, repeat=3))


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_and_is_the_least_of_both(first: Truth, second: Truth) -> None:
    assert RANK[first & second] == min(RANK[first], RANK[second])


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_or_is_the_greatest_of_both(first: Truth, second: Truth) -> None:
    assert RANK[first | second] == max(RANK[first], RANK[second])


def test_the_tables_have_nine_rows_each() -> None:
    assert sorted(map(str, AND)) == sorted(map(str, PAIRS))
    assert sorted(map(str, OR)) == sorted(map(str, PAIRS))


@pytest.mark.parametrize(("first", "second", "third"), TRIPLES)
def test_the_order_of_parts_and_the_grouping_do_not_matter(first: Truth, second: Truth, third: Truth) -> None:
    assert first & (second & third) is (first & second) & third is (third & second) & first
    assert first | (second | third) is (first | second) | third is (third | second) | first
    assert first & (second | third) is (first & second) | (first & third)


@pytest.mark.parametrize(("first", "second", "third"), TRIPLES)
def test_settling_an_unknown_never_changes_a_settled_result(first: Truth, second: Truth, third: Truth) -> None:
    """Knowing more narrows: what was yes or no with unknown parts stays so whatever those turn out to be."""
    if first is Truth.UNKNOWN:
        for settled in (Truth.YES, Truth.NO):
            assert (first & second | third) in {(settled & second | third), Truth.UNKNOWN}


@pytest.mark.parametrize("truths", TRIPLES)
def test_all_of_and_any_of_join_any_number(truths: tuple[Truth, ...]) -> None:
    assert RANK[all_of(truths)] == min(map(RANK.__getitem__, truths))
    assert RANK[any_of(truths)] == max(map(RANK.__getitem__, truths))


def test_all_of_nothing_is_yes_and_any_of_nothing_is_no() -> None:
    assert all_of(()) is Truth.YES
    assert any_of(()) is Truth.NO


@pytest.mark.parametrize("truth", Truth)
def test_a_truth_refuses_to_be_tested(truth: Truth) -> None:
    with pytest.raises(TypeError) as refused:
        bool(truth)
    assert str(refused.value) == "a truth is yes, no or unknown: compare it with 'is', never test it"


def test_a_truth_refuses_every_use_that_would_test_it() -> None:
    for use in (operator.not_, operator.truth, lambda truth: any([truth]), lambda truth: list(filter(None, [truth]))):
        with pytest.raises(TypeError, match="never test it"):
            use(Truth.NO)
