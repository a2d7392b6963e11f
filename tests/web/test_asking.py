"""The interview in a browser's words: pages over HTTP, held against what the library says to the same answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient

from remedies import Catalogue, Patient, Plan, Refusal, interview, plan
from remedies.advice.state import State
from remedies.core.errors import AnswerError
from remedies.knowledge.topics import VERDICTS
from remedies.pages.outcome import outcome
from remedies.web.app import create_app

if TYPE_CHECKING:
    from httpx2 import Response

SHIPPED = Catalogue.shipped()
Fields = Mapping[str, str | Sequence[str]]
Step = tuple[str, Fields]

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"
NO_SIGNS: Step = ("signs", {"rest": "no"})
NO_TO_ALL: tuple[Step, ...] = (
    ("skin", {"is-skin": "no"}),
    ("illness", {"is-illness": "no"}),
    ("reactions", {"is-reactions": "no"}),
    ("medicines", {"is-medicines": "no"}),
)
HEALTHY_MAN: tuple[Step, ...] = (
    NO_SIGNS,
    ("person", {"is-age": "34", "is-sex": "male"}),
    *NO_TO_ALL,
    ("circumstances", {"rest": "no"}),
)
BOY: tuple[Step, ...] = (
    NO_SIGNS,
    ("person", {"is-age": "11", "is-sex": "male"}),
    *NO_TO_ALL[1:],
    ("circumstances", {"rest": "no"}),
    ("details", {"is-damaged-skin": "no"}),
)
PREGNANT: tuple[Step, ...] = (
    NO_SIGNS,
    ("person", {"is-age": "31", "is-sex": "female"}),
    ("pregnancy", {"is-pregnancy": "yes", "is-breastfeeding": "no"}),
    *NO_TO_ALL[1:],
    ("details", {"is-pregnancy": "27+3", "is-damaged-skin": "no", "is-tumour": "no"}),
)


class Page(HTMLParser):
    """What stands on a page: texts, fields, and the tags that it is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.h1 = ""
        self.heading = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.heading = self.heading or tag == "h1"

    def handle_endtag(self, tag: str) -> None:
        self.heading = self.heading and tag != "h1"

    def handle_data(self, data: str) -> None:
        self.words += data.split()
        if self.heading:
            self.h1 = f"{self.h1} {data.strip()}".strip()

    @property
    def text(self) -> str:
        return " ".join(self.words)

    def every(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        wanted = attributes.items()
        return [found for name, found in self.tags if name == tag and all(found.get(key) == one for key, one in wanted)]

    def field(self, name: str) -> str:
        return next(one["value"] or "" for one in self.every("input", name=name))

    @property
    def state(self) -> State:
        return State.read(self.field("state"))

    @property
    def checked(self) -> list[tuple[str | None, str | None]]:
        return [(one["name"], one["value"]) for one in self.every("input") if "checked" in one]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(), base_url="http://localhost") as started:
        yield started


class Talk:
    """One person with one browser."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.show(client.get("/ask"))

    def show(self, response: Response) -> None:
        self.response = response
        self.page = Page(response.text)

    def post(self, path: str = "/ask", /, **fields: str | Sequence[str]) -> Page:
        self.show(self.client.post(path, data={"state": self.page.field("state"), **fields}))
        return self.page

    def say(self, question: str, fields: Fields) -> Page:
        assert self.page.field("question") == question
        return self.post(do="answer", question=question, **fields)

    def tell(self, *steps: Step) -> Page:
        for question, fields in steps:
            self.say(question, fields)
            assert "summary" not in [one.get("class") for one in self.page.every("div")], self.page.text
        return self.page


def in_library(*answers: tuple[str, Mapping[str, Any] | str]) -> State:
    """Answer in the library as somebody does who uses no page."""
    state = interview.begin(catalogue=SHIPPED)
    for question, said in answers:
        state = interview.answer(state, question, said, SHIPPED)
    return state


def verdicts_on(page: Page) -> dict[str, list[str]]:
    """Read which remedies stand under which verdict."""
    found: dict[str, list[str]] = {}
    verdict = None
    for tag, attributes in page.tags:
        kind = attributes.get("class") or ""
        if tag == "section":
            verdict = kind.removeprefix("verdict ") if kind.startswith("verdict ") else None
        if tag == "li" and attributes.get("id") and verdict:
            found.setdefault(verdict, []).append(str(attributes["id"]))
    return found


def verdicts_of(state: State) -> dict[str, list[str]]:
    report = interview.report_of(state, SHIPPED)
    found = {verdict: [one.remedy for one in report.having(verdict)] for verdict in VERDICTS}
    return {verdict: remedies for verdict, remedies in found.items() if remedies}


# Whole interviews -------------------------------------------------------------------------------------

NO_GATE: tuple[tuple[str, str], ...] = (("illness", "no"), ("reactions", "no"), ("medicines", "no"))


@pytest.mark.parametrize(
    ("steps", "answers"),
    [
        (HEALTHY_MAN, (("signs", "0"), ("person", "34, man"), ("skin", "no"), *NO_GATE, ("circumstances", "0"))),
        (BOY, (("signs", "0"), ("person", "11, boy"), *NO_GATE, ("circumstances", "0"), ("details", "no"))),
        (
            PREGNANT,
            (("signs", "0"), ("person", "31, woman"), ("pregnancy", "1"), *NO_GATE, ("details", "27+3, no, no")),
        ),
    ],
    ids=["healthy man", "boy of 11", "pregnant woman"],
)
def test_the_outcome_on_the_page_is_what_the_library_says_to_the_same_answers(
    client: TestClient, steps: tuple[Step, ...], answers: tuple[tuple[str, str], ...]
) -> None:
    told = in_library(*answers)

    talk = Talk(client)
    talk.tell(*steps)
    assert talk.page.h1 == "Check your answers"
    talk.post(do="outcome")

    assert interview.patient_of(talk.page.state, SHIPPED) == interview.patient_of(told, SHIPPED)
    assert verdicts_on(talk.page) == verdicts_of(told)
    assert outcome(interview.report_of(told, SHIPPED)) in talk.page.text
    assert "Nothing else would change this answer." in talk.page.text


def test_i_do_not_know_to_everything_allows_nothing_and_names_what_is_open(client: TestClient) -> None:
    talk = Talk(client)
    while talk.page.every("input", name="question"):
        kinds = {one["name"] for one in talk.page.every("input", type="radio")}
        unknown = {str(name): "unknown" for name in kinds}
        ticks = [str(one["value"]) for one in talk.page.every("input", name="not-known")]
        question = talk.page.field("question")
        talk.tell((question, {**unknown, "not-known": ticks}))
    talk.post(do="outcome")

    assert interview.patient_of(talk.page.state, SHIPPED).signs.yes == ()
    assert "allowed" not in verdicts_on(talk.page)
    assert verdicts_on(talk.page) == verdicts_of(talk.page.state)
    assert "You may use none of 21." in talk.page.text
    assert "What nobody has said yet" in talk.page.text


def test_an_urgent_sign_ends_it_with_what_to_do_now_and_names_no_remedy(client: TestClient) -> None:
    talk = Talk(client)
    page = talk.say("signs", {"yes": ["gi-bleeding"], "rest": "no"})

    assert page.h1 == "See a doctor now, before any remedy."
    assert page.text.count("See a doctor now, before any remedy") == 3
    assert not page.every("input", name="question")
    assert [one.name for one in SHIPPED.remedies if one.name in page.text] == []
    # Nothing that is sent from here leads past the doctor.
    assert talk.post(do="outcome").h1 == "See a doctor now, before any remedy."
    assert talk.post("/ask/plan", remedy="fastum-gel").h1 == "See a doctor now, before any remedy"


def test_a_sign_that_needs_a_doctor_soon_stands_above_every_page_and_lets_nothing_be_planned(
    client: TestClient,
) -> None:
    talk = Talk(client)
    talk.say("signs", {"yes": ["fever"], "rest": "no"})
    for question, fields in HEALTHY_MAN[1:]:
        assert "See a doctor soon, before any remedy: fever above 37 °C" in talk.page.text
        talk.say(question, fields)
    talk.post(do="outcome")

    assert talk.page.h1 == "See a doctor soon, before any remedy"
    assert talk.page.every("button", name="remedy") == []
    assert talk.post("/ask/plan", remedy="fastum-gel").h1 == "See a doctor soon, before any remedy"


# What is not said is not so ---------------------------------------------------------------------------


def test_what_is_not_ticked_is_no_only_for_who_says_so(client: TestClient) -> None:
    first = Talk(client)
    page = first.say("signs", {"yes": ["fever"]})
    assert "Please say what holds for everything that you did not tick." in page.text
    assert page.checked == [("yes", "fever")]

    for rest, side in (("no", "no"), ("unknown", "unknown")):
        talk = Talk(client)
        talk.say("signs", {"yes": ["fever"], "rest": rest})
        signs = interview.patient_of(talk.page.state, SHIPPED).signs
        assert signs.yes == ("fever",)
        assert "limb-weakness" in getattr(signs, side)


@pytest.mark.parametrize("fields", [{}, {"is-age": "34"}, {"is-sex": "male"}])
def test_an_empty_field_is_never_read_as_an_answer(client: TestClient, fields: Fields) -> None:
    talk = Talk(client)
    talk.tell(NO_SIGNS)
    page = talk.say("person", fields)

    assert page.field("question") == "person"
    assert len(page.state.answers) == 1
    assert page.field("is-age") == fields.get("is-age", "")


def test_a_second_answer_about_the_pregnancy_makes_nothing_laxer_by_accident(client: TestClient) -> None:
    talk = Talk(client)
    talk.tell(*PREGNANT[:-1])
    before = talk.page.state
    for typed in ("26", "28+3", "2", "twenty", "27.5", "?", ""):
        page = talk.say("details", {**PREGNANT[-1][1], "is-pregnancy": typed})
        if page.h1 != "Check your answers":
            assert page.state == before
            assert page.field("is-pregnancy") == typed
            continue
        said = {"pregnancy": typed.replace("?", "unknown"), "damaged-skin": "no", "tumour": "no"}
        assert page.state == interview.answer(before, "details", said, SHIPPED)
        talk.post(do="back")
        assert talk.page.state == before


def test_changing_the_pregnancy_is_no_laxer_than_saying_so_at_first(client: TestClient) -> None:
    talk = Talk(client)
    talk.tell(*PREGNANT)
    exact = verdicts_on(talk.post(do="outcome"))
    talk.post(change="pregnancy")
    talk.say("pregnancy", PREGNANT[2][1])
    while talk.page.every("input", name="question"):
        talk.say("details-2", {**PREGNANT[-1][1], "is-pregnancy": "?", "not-known": []})
    later = verdicts_on(talk.post(do="outcome"))

    assert set(later.get("allowed", [])) <= set(exact.get("allowed", []))


@pytest.mark.parametrize(
    ("wide", "fine", "answered"),
    [
        ("no", "", ("no", "no")),
        ("unknown", "", ("unknown", "unknown")),
        ("yes", "", None),
        ("yes", "no", ("yes", "no")),
        ("", "", None),
        ("", "no", None),
    ],
)
def test_a_finer_thing_may_be_left_open_only_where_the_wider_one_settles_it(
    client: TestClient, wide: str, fine: str, answered: tuple[str, str] | None
) -> None:
    talk = Talk(client)
    talk.tell(
        *HEALTHY_MAN[:4],
        ("reactions", {"is-reactions": "yes"}),
        ("reactions-list", {"yes": ["nsaid"], "rest": "no"}),
        ("medicines", {"is-medicines": "no"}),
        ("circumstances", {"rest": "no"}),
    )
    wider = interview.screens(talk.page.state, SHIPPED)[0].items[0].label
    assert f"Only if you said yes to “{wider}”; otherwise leave it empty." in talk.page.text
    before = talk.page.state
    page = talk.say("details", {"is-salicylates": wide, "is-salicylic-acid": fine})

    if answered is None:
        assert page.state == before
    else:
        said = dict(zip(("salicylates", "salicylic-acid"), answered, strict=True))
        assert page.state == interview.answer(before, "details", said, SHIPPED)


# Errors keep what was typed ---------------------------------------------------------------------------


def test_an_answer_that_cannot_be_read_stands_there_again_with_what_to_do(client: TestClient) -> None:
    talk = Talk(client)
    talk.tell(NO_SIGNS)
    page = talk.say("person", {"is-age": "old", "is-sex": "female"})

    with pytest.raises(AnswerError) as caught:
        interview.answer(in_library(("signs", "0")), "person", {"age": "old", "sex": "female"}, SHIPPED)
    assert caught.value.faults[0].message in page.text
    assert page.field("is-age") == "old"
    assert page.checked == [("is-sex", "female")]
    field = page.every("input", name="is-age")[0]
    assert (field["aria-invalid"], field["aria-describedby"]) == ("true", "is-age-hint is-age-wrong-1")
    assert page.every("a", href="#is-age")
    assert page.every("p", id="is-age-wrong-1")


def test_both_an_answer_and_not_knowing_is_asked_again(client: TestClient) -> None:
    talk = Talk(client)
    talk.tell(NO_SIGNS)
    page = talk.say("person", {"is-age": "34", "not-known": ["age"], "is-sex": "male"})

    assert "Give an answer, or tick “I don't know”; not both." in page.text
    assert (page.field("is-age"), page.checked) == ("34", [("not-known", "age"), ("is-sex", "male")])


def test_a_question_mark_says_that_the_age_is_not_known(client: TestClient) -> None:
    talk = Talk(client)
    page = talk.tell(NO_SIGNS, ("person", {"is-age": "?", "is-sex": "male"}))

    assert page.state.answers[-1].unknown == ("age",)


def test_a_word_that_is_not_known_is_kept_until_somebody_decides(client: TestClient) -> None:
    talk = Talk(client)
    talk.tell(*HEALTHY_MAN[:3], ("illness", {"is-illness": "yes"}))
    page = talk.say("illness-list", {"yes": ["asthma"], "rest": "no", "words": "gout, xyzzy"})

    assert "'xyzzy' is not known here. “other: xyzzy” notes it without an answer." in page.text
    assert page.field("words") == "gout, xyzzy"
    assert page.checked == [("yes", "asthma"), ("rest", "no")]
    page = talk.say("illness-list", {"yes": ["asthma"], "rest": "no", "words": "gout, other: xyzzy"})
    said = interview.patient_of(page.state, SHIPPED).conditions
    assert (said.yes, said.other) == (("asthma", "gout"), ("xyzzy",))


def test_answers_that_contradict_each_other_are_said_at_the_question(client: TestClient) -> None:
    talk = Talk(client)
    talk.tell(*HEALTHY_MAN[:2], ("skin", {"is-skin": "no"}), ("illness", {"is-illness": "yes"}))
    page = talk.say("illness-list", {"rest": "no", "words": "pregnant"})

    assert page.every("a", href="#words")
    assert page.field("words") == "pregnant"


# Back, change, once more ------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", [HEALTHY_MAN, PREGNANT], ids=["man", "pregnant woman"])
def test_going_back_shows_each_question_as_it_was_answered(client: TestClient, steps: tuple[Step, ...]) -> None:
    talk = Talk(client)
    talk.tell(*steps)
    for question, fields in reversed(steps):
        page = talk.post(do="back")
        assert page.field("question") == question
        typed = {one["name"]: one["value"] for one in page.every("input", type="text") if one["value"]}
        assert dict(page.checked) | typed == fields
    assert talk.page.state == interview.begin(catalogue=SHIPPED)


def test_going_back_from_a_list_keeps_ticks_and_words(client: TestClient) -> None:
    given = {"yes": ["asthma", "diabetes"], "rest": "unknown", "words": "gout, other: xyzzy"}
    talk = Talk(client)
    talk.tell(*HEALTHY_MAN[:3], ("illness", {"is-illness": "yes"}), ("illness-list", given))
    after = talk.page.state
    page = talk.post(do="back")

    assert page.checked == [("yes", "asthma"), ("yes", "diabetes"), ("rest", "unknown")]
    assert page.field("words") == "gout, other: xyzzy"
    again = talk.say("illness-list", {**given, "words": page.field("words")})
    assert again.state == after


def test_the_first_question_has_nothing_behind_it_but_the_first_page(client: TestClient) -> None:
    talk = Talk(client)
    assert talk.page.every("a", href="/")
    assert talk.post(do="back").field("question") == "signs"


def test_a_changed_answer_gives_what_it_would_have_given_at_first(client: TestClient) -> None:
    talk = Talk(client)
    talk.tell(*HEALTHY_MAN)
    page = talk.post(change="person")
    assert (page.field("question"), page.field("is-age")) == ("person", "34")
    page = talk.say("person", {"is-age": "11", "is-sex": "male"})
    assert page.h1 == "Check your answers"
    talk.post(do="outcome")

    other = Talk(client)
    other.tell(*BOY)
    assert verdicts_on(talk.page) == verdicts_on(other.post(do="outcome"))


def test_a_wish_to_change_can_be_taken_back(client: TestClient) -> None:
    talk = Talk(client)
    before = talk.tell(*HEALTHY_MAN).state
    talk.post(change="illness")
    page = talk.post(do="back")

    assert page.h1 == "Check your answers"
    assert page.state == before


def test_the_same_request_gives_the_same_page(client: TestClient) -> None:
    state = Talk(client).page.field("state")
    sent = {"state": state, "do": "answer", "question": "signs", "rest": "no"}

    assert client.post("/ask", data=sent).text == client.post("/ask", data=sent).text


def test_an_answer_to_a_question_that_is_not_asked_shows_the_one_that_is(client: TestClient) -> None:
    page = Talk(client).post(do="answer", question="skin-list", rest="no")

    assert page.field("question") == "signs"
    assert page.state.answers == ()


# The state in the form --------------------------------------------------------------------------------


def changed(state: State, **changes: object) -> str:
    return json.dumps({**json.loads(state.model_dump_json(exclude_defaults=True)), **changes})


@pytest.mark.parametrize("path", ["/ask", "/ask/plan", "/ask/calendar"])
@pytest.mark.parametrize(
    "changes",
    [
        {"catalogue": "0" * 64},
        {"as_of": (date.today() + timedelta(days=1)).isoformat()},
        {"as_of": "0001-01-01"},
        {"start": "9999-12-31"},
        {"days": 6},
        {"again": "signs"},
        {"remedies": [MARKUP]},
        {"answers": [{"question": MARKUP, "asked": []}]},
        {"answers": [{"question": "signs", "asked": [MARKUP]}]},
        {"more": MARKUP},
        {"patient": {"age": -1}},
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else one,
)
def test_a_state_that_cannot_be_is_refused_kindly(client: TestClient, path: str, changes: dict[str, Any]) -> None:
    response = client.post(path, data={"state": changed(interview.begin(catalogue=SHIPPED), **changes)})

    assert response.status_code == 400
    assert Page(response.text).h1 == "Please begin again"
    assert "alert" not in response.text


@pytest.mark.parametrize("state", ["", "{", "[]", "null", MARKUP, "{}", "9" * 5000])
def test_what_is_no_state_is_refused_kindly(client: TestClient, state: str) -> None:
    response = client.post("/ask", data={"state": state, "do": "answer"})

    assert response.status_code == 400
    assert Page(response.text).h1 == "Please begin again"
    assert Page(response.text).every("a", href="/ask")


@pytest.mark.parametrize("path", ["/ask", "/ask/plan", "/ask/calendar"])
def test_a_state_of_yesterday_goes_on_with_what_still_holds_and_asks_the_rest_again(
    client: TestClient, path: str
) -> None:
    yesterday = date.today() - timedelta(days=1)
    state = interview.begin(catalogue=SHIPPED, as_of=yesterday)
    for question, said in (
        *(("signs", "0"), ("person", "34, man"), ("skin", "no"), ("illness", "yes"), ("illness-list", "1")),
        *(("reactions", "no"),),
    ):
        state = interview.answer(state, question, said, SHIPPED)
    response = client.post(path, data={"state": state.model_dump_json(), "remedy": "fastum-gel"})
    assert Page(response.text).h1 == "A new day has begun"

    page = Page(client.post("/ask", data={"state": Page(response.text).field("state"), "do": "today"}).text)

    assert page.field("question") == "signs"
    assert (page.state.as_of, page.state.start) == (date.today(), date.today())
    patient = interview.patient_of(page.state, SHIPPED)
    assert patient.conditions.yes == interview.patient_of(state, SHIPPED).conditions.yes
    assert patient.signs.no == ()
    assert patient.skin.no == ()


def test_what_was_known_before_the_first_question_is_read_back(client: TestClient) -> None:
    known = Patient.model_validate({"age": 34, "sex": "male", "medicines": ["paracetamol"], "nothing_else": True})
    state = interview.begin(known, SHIPPED)
    page = Page(client.post("/ask", data={"state": state.model_dump_json()}).text)

    assert page.h1 == "Check your answers"
    assert "Taken over from an earlier day" in page.text
    assert "man, 34; paracetamol" in page.text


# A plan -----------------------------------------------------------------------------------------------


def test_a_plan_is_the_librarys_on_a_page_that_allows_only_its_own_style(client: TestClient) -> None:
    start = date.today() + timedelta(days=1)
    talk = Talk(client)
    patient = interview.patient_of(talk.tell(*HEALTHY_MAN).state, SHIPPED)
    talk.post(do="outcome")
    assert {"name": "remedy", "value": "dolobene"}.items() <= talk.page.every("button", value="dolobene")[0].items()
    page = talk.post("/ask/plan", remedy="dolobene", start=start.isoformat())

    made = plan("dolobene", patient, SHIPPED, start=start)
    assert isinstance(made, Plan)
    assert page.h1 == made.name
    assert all(" ".join(line.split()) in page.text for line in (*made.how, *made.avoid, *made.stop))
    policy = talk.response.headers["content-security-policy"]
    assert "script-src" not in policy
    assert policy.startswith("default-src 'none'; style-src 'self' 'sha256-")
    assert "unsafe" not in policy


def test_a_plan_is_saved_as_a_calendar_by_post_alone(client: TestClient) -> None:
    talk = Talk(client)
    talk.tell(*HEALTHY_MAN)
    start = (date.today() + timedelta(days=1)).isoformat()
    talk.post("/ask/calendar", remedy="Dolobene gel", start=start)

    assert talk.response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert talk.response.headers["content-disposition"] == 'attachment; filename="plan-dolobene.ics"'
    assert talk.response.text.startswith("BEGIN:VCALENDAR")
    assert f"DTSTART;VALUE=DATE:{start.replace('-', '')}" in talk.response.text
    assert client.get("/ask/calendar").status_code == 405


@pytest.mark.parametrize("path", ["/ask/plan", "/ask/calendar"])
def test_where_there_is_no_plan_the_page_says_why(client: TestClient, path: str) -> None:
    talk = Talk(client)
    patient = interview.patient_of(talk.tell(*BOY).state, SHIPPED)
    page = talk.post(path, remedy="finalgon")

    refusal = plan("finalgon", patient, SHIPPED)
    assert isinstance(refusal, Refusal)
    assert page.h1 == f"No plan: {refusal.name} must not be used"
    assert all(line in page.text for line in refusal.because)


@pytest.mark.parametrize("start", ["soon", "31.02.2027", "2099-01-01", MARKUP])
def test_a_day_that_cannot_be_used_is_asked_again_as_it_was_written(client: TestClient, start: str) -> None:
    talk = Talk(client)
    talk.tell(*HEALTHY_MAN)
    page = talk.post("/ask/plan", remedy="dolobene", start=start)

    assert page.h1 == "On which day does the plan begin?"
    assert (page.field("start"), page.field("remedy")) == (start, "dolobene")
    assert page.every("script") == []


def test_a_remedy_that_does_not_exist_has_no_plan(client: TestClient) -> None:
    talk = Talk(client)
    talk.tell(*HEALTHY_MAN)

    assert talk.post("/ask/plan", remedy=MARKUP).h1 == "Please begin again"
    assert "alert" not in talk.response.text


# Trust ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "question", "fields"),
    [
        ((), "signs", {"yes": [MARKUP], "rest": MARKUP, "words": MARKUP}),
        ((NO_SIGNS,), "person", {"is-age": MARKUP, "is-sex": MARKUP, "not-known": [MARKUP]}),
        (HEALTHY_MAN[:2], "skin", {"is-skin": MARKUP}),
        (PREGNANT[:2], "pregnancy", {"is-pregnancy": MARKUP, "is-breastfeeding": MARKUP}),
        (PREGNANT[:-1], "details", {"is-pregnancy": MARKUP}),
    ],
    ids=["list", "person", "gate", "pregnancy", "details"],
)
def test_markup_in_a_field_stays_text(
    client: TestClient, steps: tuple[Step, ...], question: str, fields: Fields
) -> None:
    talk = Talk(client)
    talk.tell(*steps)
    before = talk.page.state
    page = talk.say(question, fields)

    assert page.state == before
    assert page.field("question") == question
    assert page.every("script") == []
    assert page.every("img") == []
    typed = [value for name, value in fields.items() if page.every("input", name=name, type="text")]
    assert [one["value"] for one in page.every("input", type="text") if one["value"]] == typed


def test_markup_in_a_state_stays_text_on_every_page(client: TestClient) -> None:
    known = Patient.model_validate({"id": MARKUP, "notes": [MARKUP], "conditions": {"other": [MARKUP]}})
    for steps in (HEALTHY_MAN, (("signs", {"yes": ["gi-bleeding"], "rest": "no"}),)):
        talk = Talk(client)
        talk.show(client.post("/ask", data={"state": interview.begin(known, SHIPPED).model_dump_json()}))
        pages = [talk.page]
        for question, fields in steps:
            pages.append(talk.say(question, fields))
        pages += [talk.post(do="outcome")]
        if talk.page.every("button", name="remedy"):
            pages.append(talk.post("/ask/plan", remedy="dolobene"))
        assert [page.h1 for page in pages if page.every("script") or page.every("img")] == []


def test_no_page_needs_a_script_or_keeps_anything(client: TestClient) -> None:
    talk = Talk(client)
    for step in (*HEALTHY_MAN, None):
        assert talk.page.every("script") == []
        assert [one for _, one in talk.page.tags if any(name.startswith("on") or name == "style" for name in one)] == []
        assert [one["method"] for one in talk.page.every("form") if one["method"] != "post"] == []
        assert "set-cookie" not in talk.response.headers
        assert talk.response.headers["cache-control"] == "no-store"
        if step is not None:
            talk.tell(step)
    assert client.cookies.jar.__len__() == 0


def test_every_page_has_one_heading_and_a_way_back(client: TestClient) -> None:
    talk = Talk(client)
    for step in (*PREGNANT, None):
        assert len(talk.page.every("h1")) == 1
        back = talk.page.every("button", value="back") or talk.page.every("a", href="/")
        assert back
        if step is not None:
            words = talk.page.text
            assert "I don't know" in words
            talk.tell(step)


def test_links_lead_to_where_the_application_is_mounted(client: TestClient) -> None:
    del client
    outer = TestClient(create_app(), base_url="http://localhost", root_path="/remedies")
    page = Page(outer.get("/remedies/ask").text)

    assert {one["action"] for one in page.every("form")} == {"/remedies/ask"}
    assert all(str(one["href"]).startswith(("/remedies/", "#")) for one in page.every("a"))
