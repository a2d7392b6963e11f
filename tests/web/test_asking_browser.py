"""The interview in a real browser: without scripts, by keyboard, on a phone, in the dark, on paper, read aloud."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import expect

from remedies import Catalogue, interview
from remedies.advice.state import State
from remedies.knowledge.topics import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Locator, Page

pytestmark = pytest.mark.browser

PHONE, DESK = (390, 844), (1280, 800)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SMALLEST = 44
"""No target is lower than this, in pixels."""

Way = list[tuple[str, str]]
"""What is ticked and filled in on a page: the name of a field, and its value."""

MAN: list[Way] = [
    [("rest", "no")],
    [("is-age", "34"), ("is-sex", "male")],
    [("is-skin", "no")],
    [("is-illness", "no")],
    [("is-reactions", "no")],
    [("is-medicines", "no")],
    [("rest", "no")],
]


class Window:
    """A window in which a person answers; it writes down whatever goes wrong."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.faults: list[str] = []
        self.addresses: list[str] = []
        self.context = context
        self.page: Page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("console", lambda said: self.faults.extend([said.text] * (said.type == "error")))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("response", lambda answer: self.faults.extend([answer.url] * (answer.status >= 400)))
        self.page.on("request", lambda request: self.addresses.append(request.url))
        self.page.goto(f"{address}/ask")

    @property
    def h1(self) -> str:
        return self.page.inner_text("h1")

    @property
    def state(self) -> State:
        return State.read(self.page.locator("input[name=state]").first.input_value())

    def fill(self, way: Way) -> None:
        for name, value in way:
            field = self.page.locator(f'input[name="{name}"]')
            if field.first.get_attribute("type") == "text":
                field.fill(value)
            else:
                self.page.locator(f'input[name="{name}"][value="{value}"]').check()

    def answer(self, *ways: Way) -> None:
        for way in ways:
            self.fill(way)
            self.press("answer")

    def press(self, value: str) -> None:
        self.follow(self.page.locator(f'button[value="{value}"]').first)

    def follow(self, button: Locator) -> None:
        """Press a button and wait for the page that it leads to."""
        with self.page.expect_navigation():
            button.click()

    def no_wider_than_the_window(self) -> bool:
        width = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        return bool(width[0] <= width[1])


@pytest.fixture
def window(browser: Browser, served: str) -> Iterator[Callable[..., Window]]:
    """Open windows, and see afterwards that no page of theirs complained, asked elsewhere or kept anything."""
    opened: list[Window] = []

    def open_one(
        size: tuple[int, int] = DESK, *, scheme: Literal["light", "dark"] = "light", scripts: bool = True
    ) -> Window:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, java_script_enabled=scripts
        )
        opened.append(Window(context, served))
        return opened[-1]

    yield open_one
    for one in opened:
        assert one.faults == []
        assert one.context.cookies() == []
        for address in one.addresses:
            parts = urlsplit(address)
            assert (f"{parts.scheme}://{parts.netloc}", parts.query) == (served, "")
        one.context.close()


def every_kind_of_page(one: Window) -> Iterator[str]:
    """Lead through each kind of page, and name it."""
    yield "list"
    one.press("answer")
    yield "list with an error"
    one.answer(MAN[0])
    yield "person"
    one.fill([("is-age", "old")])
    one.press("answer")
    yield "person with errors"
    one.answer([("is-age", "31"), ("is-sex", "female")])
    yield "pregnancy"
    one.answer([("is-pregnancy", "yes"), ("is-breastfeeding", "no")])
    yield "gate"
    one.answer([("is-illness", "yes")])
    yield "long list"
    one.answer([("yes", "asthma"), ("rest", "no"), ("words", "xyzzy")])
    yield "long list with an error"
    one.answer([("words", "")], [("is-reactions", "unknown")], [("rest", "unknown")])
    while one.h1 != "A few details, one by one.":
        choice = one.page.locator('fieldset input[type="radio"][value="no"]')
        choice.check()
        one.press("answer")
    yield "details"
    one.press("answer")
    yield "details with errors"
    for field in one.page.locator("fieldset").all():
        field.locator('input[value="unknown"]').check()
    one.answer([("is-pregnancy", "27+3")])
    yield "check"
    for summary in one.page.locator("summary").all():
        summary.click()
    yield "check, opened"
    one.press("outcome")
    yield "outcome"
    for summary in one.page.locator("summary").all():
        summary.click()
    yield "outcome, opened"
    one.page.goto(f"{one.address}/ask")
    one.answer([("yes", "fever"), ("rest", "no")])
    yield "sign"
    one.page.goto(f"{one.address}/ask")
    one.answer([("yes", "gi-bleeding"), ("rest", "no")])
    yield "doctor now"
    one.page.goto(f"{one.address}/ask")
    one.answer(*MAN)
    one.press("outcome")
    one.press("dolobene")
    yield "plan"
    one.page.locator("#start").fill("2099-01-01")
    one.follow(one.page.get_by_role("button", name="Change the day"))
    yield "another day"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_kind_of_page_breaks_a_rule_of_accessibility(window: Callable[..., Window], scheme: str) -> None:
    one = window(PHONE, scheme=scheme)
    for kind in every_kind_of_page(one):
        found = Axe().run(one.page, options={"runOnly": {"type": "tag", "values": TAGS}})
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found.response["violations"]] == [], kind
        assert one.page.locator("h1").count() == 1, kind


@pytest.mark.parametrize("size", [PHONE, DESK, (640, 400)], ids=["phone", "desk", "desk at 200 %"])
def test_no_kind_of_page_is_wider_than_the_window_and_every_target_is_large(
    window: Callable[..., Window], size: tuple[int, int]
) -> None:
    one = window(size)
    for kind in every_kind_of_page(one):
        assert one.no_wider_than_the_window(), kind
        targets = one.page.locator("main button, .tools button, .choice, main input[type=text], main summary")
        heights = [(box or {"height": 0})["height"] for box in (each.bounding_box() for each in targets.all())]
        assert heights, kind
        assert min(heights) >= SMALLEST, kind
        size_of_type = one.page.evaluate(
            "parseFloat(getComputedStyle(document.querySelector('main') || document.body).fontSize)"
        )
        assert size_of_type >= 17, kind


def test_an_interview_needs_no_scripts(window: Callable[..., Window]) -> None:
    one = window(PHONE, scripts=False)
    one.answer(*MAN)
    assert one.h1 == "Check your answers"
    state = one.state
    one.press("outcome")

    report = interview.report_of(state, Catalogue.shipped())
    for verdict in VERDICTS:
        shown = [each.get_attribute("id") for each in one.page.locator(f".{verdict} .remedies > li").all()]
        assert shown == [entry.remedy for entry in report.having(verdict)]
    one.press("dolobene")
    with one.page.expect_download() as waiting:
        one.page.get_by_role("button", name="Save for my calendar").click()
    assert waiting.value.suggested_filename == "plan-dolobene.ics"
    one.follow(one.page.get_by_role("button", name="Back to the answer"))
    assert one.h1 == "Your answer"


def reach(one: Window, selector: str) -> None:
    """Press Tab until a field has the focus."""
    for _ in range(60):
        one.page.keyboard.press("Tab")
        if one.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab never leads to {selector}")


def test_an_interview_is_answered_by_keyboard_alone(window: Callable[..., Window]) -> None:
    one = window()
    for way in MAN:
        for name, value in way:
            if name == "is-age":
                reach(one, "#is-age")
                one.page.keyboard.type(value)
                continue
            # Tab leads to a group of buttons, and the arrows to one of them.
            reach(one, f'input[name="{name}"]')
            while not one.page.locator(f'input[name="{name}"][value="{value}"]').is_checked():
                one.page.keyboard.press("Space")
                if not one.page.locator(f'input[name="{name}"][value="{value}"]').is_checked():
                    one.page.keyboard.press("ArrowDown")
        with one.page.expect_navigation():
            one.page.keyboard.press("Enter")
    assert one.h1 == "Check your answers"
    reach(one, 'button[value="outcome"]')
    with one.page.expect_navigation():
        one.page.keyboard.press("Enter")
    assert one.h1 == "Your answer"


def test_an_error_has_the_focus_and_leads_to_its_field(window: Callable[..., Window]) -> None:
    one = window()
    one.answer(MAN[0], [("is-age", "old"), ("is-sex", "male")])

    expect(one.page.locator(".summary")).to_be_focused()
    one.page.keyboard.press("Tab")
    one.page.keyboard.press("Enter")
    expect(one.page.locator("#is-age")).to_be_focused()
    assert one.page.locator("#is-age").input_value() == "old"


def test_a_reload_and_the_browsers_own_way_back_do_no_harm(window: Callable[..., Window]) -> None:
    one = window()
    one.answer(MAN[0])
    before = one.state
    one.page.reload()
    assert one.state == before
    one.page.go_back()
    assert one.state.answers == ()
    one.answer([("yes", "fever"), ("rest", "no")])

    assert interview.patient_of(one.state, Catalogue.shipped()).signs.yes == ("fever",)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_plan_prints_on_at_most_two_sheets_without_its_buttons(window: Callable[..., Window], scheme: str) -> None:
    one = window(PHONE, scheme=scheme)
    one.answer(*MAN)
    one.press("outcome")
    one.press("fastum-gel")
    sheets = one.page.pdf(format="A4")

    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", sheets)) in {1, 2}
    one.page.emulate_media(media="print")
    assert not one.page.locator(".tools").is_visible()


def test_what_a_plan_looks_like_comes_from_its_own_style(window: Callable[..., Window]) -> None:
    one = window()
    one.answer(*MAN)
    one.press("outcome")
    one.press("fastum-gel")

    assert one.page.evaluate("getComputedStyle(document.querySelector('table')).borderCollapse") == "collapse"
    assert one.page.evaluate("getComputedStyle(document.querySelector('.tools')).display") == "flex"
