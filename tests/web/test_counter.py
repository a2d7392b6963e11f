"""The counter without a browser: what its page says is what the library says, and nothing else is kept or sent."""

from __future__ import annotations

import hashlib
import html
import json
import re
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from remedies import Catalogue, Patient, check, combine, read_sentence
from remedies.knowledge.topics import TOPICS, VERDICTS, Verdict
from remedies.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Mapping

    from httpx2 import Response

    Fields = Mapping[str, str | list[str]]

CLIENT = TestClient(create_app(), base_url="http://localhost")
SHIPPED = Catalogue.shipped()
ALL_CLOSED: dict[str, object] = {topic: {"rest": "no"} for topic in TOPICS if topic != "signs"}
MARKUP = "<img src=x onerror=alert(1)>"


def posted(*, path: str = "/", **fields: str | list[str]) -> Response:
    return sent(fields, path)


def sent(fields: Fields, path: str = "/", headers: dict[str, str] | None = None) -> Response:
    return CLIENT.post(path, data=fields, headers=headers)


def groups(page: str) -> dict[Verdict, list[str]]:
    """Return the remedies of each group of a page."""
    found: dict[Verdict, list[str]] = {}
    for verdict in VERDICTS:
        (section,) = re.findall(rf'<section class="group {verdict}".*?</section>', page, flags=re.DOTALL)
        found[verdict] = re.findall(r'value="open:([\w-]+)"', section)
    return found


def by_check(patient: Patient) -> dict[Verdict, list[str]]:
    """Return the remedies of each verdict as a check finds them."""
    report = check(patient, SHIPPED)
    return {verdict: [entry.remedy for entry in report.having(verdict)] for verdict in VERDICTS}


def chips(page: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'name="chip" value="(.*?)"', page)]


def plain(page: str) -> str:
    """Return what a page says, without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


PEOPLE = (
    "",
    "woman 62, hypertension, Eliquis, takes ibuprofen",
    "woman 62, hypertension, Eliquis, takes ibuprofen, nothing else",
    "ж 62, гипертония, Эликвис, больше ничего",
    "boy 11",
    "27 weeks",
    "dolobene, liver disease",
    "man 34, xyzzy, nothing else",
    "aspirin",
    "3",
    "woman 30, breastfeeding, no allergies, takes nothing, eczema there",
    "man 50, allergic to penicillin, sauna, healthy, no warning signs",
)


@pytest.mark.parametrize("words", PEOPLE)
def test_the_verdicts_are_those_of_a_check_typed_or_added(words: str) -> None:
    expected = by_check(read_sentence(words).patient)

    typed = posted(text=words, do="look").text
    added = posted(text=words, do="add").text

    assert groups(typed) == groups(added) == expected
    assert chips(typed) == []


@pytest.mark.parametrize("words", PEOPLE)
def test_what_is_added_becomes_chips_that_say_the_same_and_leave_the_box_empty(words: str) -> None:
    page = posted(text=words, do="add").text

    said = read_sentence("\n".join(chip.removeprefix("word:") for chip in chips(page)))
    assert said == read_sentence(words)
    assert 'id="text" name="text" value=""' in page


def test_the_fields_beside_the_box_say_what_words_say() -> None:
    page = posted(age="30", sex="female", weeks="27+3").text

    assert groups(page) == by_check(Patient(age=30, sex="female", pregnancy="27+3"))
    assert "woman, 30, pregnant (27 weeks + 3 days)" in plain(page)


@pytest.mark.parametrize("side", ["yes", "no", "unknown"])
def test_a_question_is_answered_with_one_press(side: str) -> None:
    page = posted(chip=["word:man 34"], do=f"{side}:asthma").text

    assert f"{side}:asthma" in chips(page)
    assert groups(page) == by_check(
        Patient.model_validate({"age": 34, "sex": "male", "conditions": {side: ["asthma"]}}),
    )


def test_another_answer_takes_the_place_of_the_first() -> None:
    page = posted(chip=["no:asthma", "word:man 34"], do="yes:asthma").text

    assert chips(page) == ["word:man 34", "yes:asthma"]


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_closed_and_opened_again_and_says_how_many_facts_that_takes_as_no(topic: str) -> None:
    before = posted(text="man 34").text
    page = posted(text="man 34", do=f"close:{topic}").text
    again = posted(text="man 34", closed=[topic], do=f"reopen:{topic}").text

    patient = Patient.model_validate({"age": 34, "sex": "male", topic: {"rest": "no"}})
    (facts,) = (one.facts for one in check(patient).closed)
    assert groups(page) == by_check(patient)
    assert re.search(rf'id="close-{topic}".*?<small>{facts}</small>', before)
    assert re.search(rf'id="close-{topic}".*?aria-pressed="true".*?<small>{facts}</small>', page)
    assert groups(again) == groups(before) == by_check(Patient(age=34, sex="male"))


def test_one_button_closes_all_but_the_warning_signs() -> None:
    page = posted(text="man 34", do="close:all").text

    patient = Patient.model_validate({"age": 34, "sex": "male", **ALL_CLOSED})
    facts = sum(one.facts for one in check(patient).closed)
    assert groups(page) == by_check(patient)
    assert "Taken as “no”: 78 illnesses, 13 skin problems" in plain(page)
    assert f"All but warning signs <small>{facts}</small>" in posted(text="man 34").text
    assert re.findall(r'name="closed" value="(\w+)"', page) == [topic for topic in TOPICS if topic != "signs"]
    assert 'id="close-signs" class="small-button" aria-pressed="false"' in page


def test_a_word_that_is_not_understood_stays_marked_and_keeps_everything_open_until_it_is_set_aside() -> None:
    page = posted(text="man 34, xyzzy, nothing else", do="add").text
    place = chips(page).index("word:xyzzy")
    aside = posted(chip=chips(page), do=f"aside:{place}").text

    assert groups(page)["allowed"] == []
    assert re.search(r'<li class="chip unclear">\s*<input type="hidden" name="chip" value="word:xyzzy">', page)
    assert groups(aside) == by_check(Patient(age=34, sex="male", nothing_else=True))
    assert "aside:xyzzy" in chips(aside)
    assert "xyzzy (set aside)" in plain(aside)


def test_a_name_that_may_be_taken_or_not_tolerated_is_asked_back_and_picked() -> None:
    page = posted(text="aspirin", do="add").text
    picks = re.findall(r'value="pick:0:(.*?)"', page)
    taken = posted(chip=chips(page), do=f"pick:0:{picks[0]}").text

    assert picks == ["takes aspirin", "allergic to aspirin"]
    assert groups(taken) == by_check(Patient(medicines=["aspirin"]))


def test_a_slip_of_the_fingers_is_picked_as_what_was_meant() -> None:
    page = posted(text="takes warfarni", do="add").text
    (pick,) = re.findall(r'value="pick:0:(.*?)"', page)
    taken = posted(chip=chips(page), do=f"pick:0:{pick}").text

    assert "unclear" in page
    assert groups(taken) == by_check(Patient(medicines=["warfarin"]))


@pytest.mark.parametrize(
    ("act", "left"), [("drop:0", ["word:34"]), ("drop:1", ["word:male"]), ("drop:last", ["word:male"])]
)
def test_a_chip_is_removed(act: str, left: list[str]) -> None:
    assert chips(posted(chip=["word:male", "word:34"], do=act).text) == left


@pytest.mark.parametrize(
    "act", ["drop:2", "drop:-1", "drop:²", f"drop:{'9' * 5000}", "drop:", "fly", "yes:nothing", "open:x"]
)
def test_a_button_that_is_not_there_does_nothing(act: str) -> None:
    assert chips(posted(chip=["word:male", "word:34"], do=act).text) == ["word:male", "word:34"]


def test_new_customer_leaves_nothing_behind() -> None:
    page = posted(
        chip=["word:male"],
        closed=["skin"],
        text="asthma",
        age="34",
        sex="male",
        weeks="3",
        opened="finalgon",
        do="clear",
    ).text

    assert page == CLIENT.get("/").text


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"text": "woman, man"}, "sex: was said twice, as 'man' and as 'woman'; say it once"),
        ({"text": "62", "age": "63"}, "age: was said twice, as '62' and as 'aged 63'; say it once"),
        ({"chip": ["yes:asthma", "word:no asthma"]}, "asthma"),
        ({"text": "x" * 2500}, "has 2500 characters; at most 2000 are read"),
        ({"sex": "male", "weeks": "27"}, "was given for a man"),
    ],
)
def test_what_contradicts_itself_is_said_and_nothing_is_answered(fields: Fields, message: str) -> None:
    answer = sent(fields)

    assert answer.status_code == 200
    assert "This cannot be read, so nothing is answered" in answer.text
    assert message in plain(answer.text)
    assert 'class="group' not in answer.text


@pytest.mark.parametrize("act", ["say:woman, man", "pick:0:woman, man"])
def test_words_of_a_button_that_cannot_be_read_are_not_dropped(act: str) -> None:
    page = posted(chip=["word:aspirin?"], do=act).text

    assert chips(page)[-1] == "word:woman, man"
    assert "This cannot be read" in page


@pytest.mark.parametrize("chip", ["nonsense", "nonsense:of words", "yes:of words", "word:", "aside: "])
def test_a_chip_that_is_none_of_ours_is_read_as_words(chip: str) -> None:
    page = posted(chip=["word:man 34, nothing else", chip]).text

    assert chips(page)[1] == f"word:{chip.strip()}"
    assert groups(page)["allowed"] == []


def test_what_cannot_be_read_stays_in_the_box() -> None:
    page = posted(text="woman, man", chip=["word:62"], do="add").text

    assert chips(page) == ["word:62"]
    assert 'name="text" value="woman, man"' in page


def test_a_referral_stands_alone_with_no_question_no_plan_and_the_groups_behind_a_fold() -> None:
    page = posted(text="man 34, lost bladder control, fastum gel", do="add").text
    before, fold, behind = page.partition("<details>")
    soon = posted(text="man 34, fever, fastum gel, no other illnesses", do="add").text
    planned = posted(text="man 34, fever, finalgon, nothing else", do="add").text

    assert fold
    assert check(read_sentence("man 34, fever, nothing else").patient)["finalgon"].verdict == "ask-doctor"
    assert "/plan" not in planned
    assert "Ask next" not in soon
    assert "See a doctor now, before any remedy: loss of bladder or bowel control." in plain(before)
    assert 'class="group' not in before
    assert groups(behind) == by_check(read_sentence("man 34, lost bladder control").patient)
    assert "/plan" not in page
    assert "Ask next" not in page


def test_a_remedy_that_is_named_or_opened_stands_first_with_its_reasons_and_where_they_stand() -> None:
    named = posted(text="dolobene, liver disease").text
    opened = posted(text="liver disease", do="open:dolobene").text

    report = check(Patient(conditions=["liver disease"]))
    reason = report["dolobene"].reasons[0]
    for page in (named, opened):
        before, _, behind = page.partition('<div class="groups')
        assert "Dolobene gel: must not be used" in plain(before)
        assert reason.because in plain(before)
        for source in reason.sources:
            assert report.sources[source.source].title in plain(before)
        assert behind


@pytest.mark.parametrize("fields", [{"text": "finalgon, fastum gel"}, {"ticked": ["finalgon", "fastum-gel"]}])
def test_two_remedies_are_judged_as_a_pair_whoever_the_customer_is(fields: Fields) -> None:
    page = plain(sent(fields).text)

    found = combine("fastum-gel", "finalgon")
    assert "On the same skin: no, one product at a time on one area." in page
    assert found.clashes[0].because in page
    assert found.advice[0] in page


def test_the_questions_are_those_that_settle_most() -> None:
    page = posted(text="man 34").text

    report = check(Patient(age=34, sex="male"))
    asked = re.findall(r'value="yes:([\w-]+)"', page)
    waiting = [sum(fact in entry.ask for entry in report.undecided) for fact in asked]
    most = max(sum(fact in entry.ask for entry in report.undecided) for one in report.questions for fact in one.facts)
    assert len(asked) == 3
    assert waiting == sorted(waiting, reverse=True)
    assert waiting[0] == most


def test_a_named_remedy_is_asked_about_and_one_that_is_only_opened_leaves_the_questions_alone() -> None:
    everything = posted(text="man 34, no warning signs").text
    opened = posted(text="man 34, no warning signs", do="open:finalgon").text
    named = posted(text="man 34, no warning signs, finalgon").text

    def asked(page: str) -> list[str]:
        return re.findall(r'value="yes:([\w-]+)"', page)

    assert asked(opened) == asked(everything)
    assert set(asked(named)) <= set(check(read_sentence("man 34, no warning signs").patient)["finalgon"].ask)


@pytest.mark.parametrize("field", ["text", "age", "sex", "weeks", "chip", "closed", "opened", "ticked", "do"])
@pytest.mark.parametrize("before", ["", "word:", "aside:", "pick:0:", "say:", "takes ", "word:takes "])
def test_markup_is_never_more_than_text(field: str, before: str) -> None:
    for markup in (MARKUP, f'"{MARKUP}', f"'{MARKUP}", f"</title>{MARKUP}"):
        fields: Fields = {"chip": "word:asthma", field: before + markup}
        answer = sent(fields)
        assert answer.status_code == 200
        assert "<img" not in answer.text


@given(
    st.text(max_size=60), st.text(max_size=30), st.sampled_from(("add", "look", "pick:0:", "say:", "aside:0", "drop:0"))
)
def test_whatever_is_typed_is_answered(text: str, other: str, act: str) -> None:
    do = act + text * act.endswith(":")
    every: list[Fields] = [{"text": text, "chip": f"word:{other}"}, {"text": other, "age": text, "weeks": text}]
    for fields in every:
        answer = sent({**fields, "do": do})
        assert answer.status_code == 200


def test_a_part_is_what_changes_of_the_page() -> None:
    fields: Fields = {"text": "woman 62, hypertension", "do": "add"}
    part, page = sent(fields, headers={"x-part": "1"}).text, sent(fields).text

    assert "<html" not in part
    assert chips(part) == chips(page)
    assert groups(part) == groups(page)


def test_nothing_is_sent_but_in_the_body_and_nothing_is_kept() -> None:
    answer = posted(text="woman 62, hypertension", do="add")

    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    assert answer.history == []
    assert CLIENT.get("/", params={"text": "asthma", "chip": "word:asthma"}).text == CLIENT.get("/").text


def test_the_plan_is_the_printed_sheet_and_has_the_styles_that_stand_in_it() -> None:
    answer = posted(path="/plan", text="man 34, nothing else", remedy="finalgon")

    (style,) = re.findall(r"<style>(.*?)</style>", answer.text, flags=re.DOTALL)
    allowed = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{allowed}';" in answer.headers["content-security-policy"]
    assert "script-src" not in answer.headers["content-security-policy"]
    assert "<h1>Finalgon ointment</h1>" in answer.text


def test_the_calendar_is_a_file_that_names_nobody() -> None:
    answer = posted(path="/plan.ics", text="man 34, nothing else", remedy="finalgon")

    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.headers["content-disposition"] == 'attachment; filename="finalgon.ics"'
    assert answer.text.startswith("BEGIN:VCALENDAR")


@pytest.mark.parametrize("path", ["/plan", "/plan.ics"])
@pytest.mark.parametrize(
    ("text", "remedy", "status", "says"),
    [
        ("boy 11", "finalgon", 200, "No plan: Finalgon ointment must not be used"),
        ("man 34", "finalgon", 200, "No plan yet: these questions about Finalgon ointment are open"),
        ("man 34, fever", "finalgon", 200, "See a doctor soon, before any remedy"),
        ("man 34, nothing else", "nonsense", 422, "nonsense"),
        ("man, woman", "finalgon", 422, "was said twice"),
    ],
)
def test_where_there_is_no_plan_it_is_said_why(path: str, text: str, remedy: str, status: int, says: str) -> None:
    answer = posted(path=path, text=text, remedy=remedy)

    assert answer.status_code == status
    assert says in plain(answer.text)


def test_the_list_of_words_is_sent_once_and_then_not_again() -> None:
    first = CLIENT.get("/words.json")
    again = CLIENT.get("/words.json", headers={"if-none-match": first.headers["etag"]})

    assert first.headers["cache-control"] == "private, no-cache"
    assert again.status_code == 304
    assert again.content == b""
    assert len(first.json()) > 1000


def test_every_list_names_things_in_both_alphabets_and_brands_too() -> None:
    names = {name for thing in CLIENT.get("/words.json").json() for name in thing[4]}

    assert {"hypertension", "гипертония", "eliquis", "эликвис", "fastum gel", "фастум гель", "nothing else"} <= names


def test_a_suggestion_is_read_as_just_what_it_says() -> None:
    nouns = {"illness": "conditions", "allergy": "allergies", "medicine": "medicines", "warning sign": "signs"}
    things = [thing for thing in json.loads(CLIENT.get("/words.json").content) if thing[1] in nouns]

    for _, what, said, _, names in things[::97]:
        words = said.replace("{}", names[0])
        expected = Patient.model_validate({nouns[what]: [names[0]]})
        assert read_sentence(words).patient == expected


def test_a_suggested_remedy_is_read_as_that_remedy() -> None:
    things = [thing for thing in CLIENT.get("/words.json").json() if thing[1] == "remedy"]

    assert [read_sentence(said).remedies for _, _, said, _, _ in things] == [
        (remedy.id,) for remedy in SHIPPED.rulebook.remedies
    ]
