"""The counter in Chromium: by keyboard, on one screen, with scripts and without, for every eye."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # it has no stubs
from playwright.sync_api import expect

from remedies import Patient, check
from remedies.knowledge.topics import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

MOST_KEYS = 25
COUNTER = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
MARKUP = "<img src=x onerror=alert(1)>"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@contextmanager
def opened(browser: Browser, address: str, **how: object) -> Iterator[Page]:
    """Open the counter, and see afterwards that nothing was complained of, sent in an address, or kept."""
    context = browser.new_context(**{"viewport": COUNTER, **how})  # type: ignore[arg-type]
    page = context.new_page()
    complaints: list[str] = []
    addresses: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(error.message))
    page.on("request", lambda request: addresses.append(request.url))
    page.goto(f"{address}/")
    if how.get("java_script_enabled", True):
        expect(page.locator("#counter[data-ready]")).to_be_attached()
    yield page
    assert complaints == []
    assert {one.removeprefix(address).partition("/static/")[0] for one in addresses} <= {
        "",
        "/",
        "/words.json",
        "/plan",
        "/plan.ics",
    }
    assert context.cookies() == []
    if how.get("java_script_enabled", True):
        assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    context.close()


class Keys:
    """Presses keys and counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def type(self, keys: str) -> None:
        """Type letters; ↓ is the arrow down, ⏎ Enter, ⌫ Backspace, ⎋ Escape."""
        for key in keys:
            name = {"↓": "ArrowDown", "⏎": "Enter", "⌫": "Backspace", "⎋": "Escape"}.get(key)
            if name == "ArrowDown":
                expect(self.page.locator("#offers li").first).to_be_visible()
            if name is None:
                self.page.keyboard.insert_text(key)
            else:
                self.page.keyboard.press(name)
            self.pressed += 1


def names(page: Page, verdict: str) -> list[str]:
    """Return the remedies in a group."""
    found = page.locator(f".group.{verdict} button").evaluate_all("all => all.map(one => one.value.slice(5))")
    return [str(one) for one in found]


def same_as_check(page: Page, patient: Patient) -> None:
    report = check(patient)
    for verdict in VERDICTS:
        expected = [entry.remedy for entry in report.having(verdict)]
        expect(page.locator(f".group.{verdict} .count")).to_have_text(str(len(expected)))
        assert names(page, verdict) == expected


def chips(page: Page, count: int) -> None:
    """Wait until there are so many chips and the box is empty."""
    expect(page.locator(".chip")).to_have_count(count)
    expect(page.locator("#text")).to_have_value("")


def on_one_screen(page: Page) -> None:
    """See that the page, and what is answered, fit the window."""
    height = page.evaluate("document.scrollingElement.scrollHeight")
    assert height <= COUNTER["height"]
    box = page.locator(".groups").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= COUNTER["height"]


WOMAN = {
    "age": 62,
    "sex": "female",
    "conditions": ["hypertension"],
    "medicines": {"yes": ["eliquis", "takes ibuprofen"]},
}
QUESTIONS: dict[str, tuple[str, int, dict[str, object], str]] = {
    "woman of 62, high blood pressure, Eliquis, ibuprofen tablets": ("62f⏎htn⏎eli↓⏎ibu↓↓⏎", 5, WOMAN, ""),
    "the same, nothing else": ("62f⏎htn⏎eli↓⏎ibu↓↓⏎noth↓⏎", 6, {**WOMAN, "nothing_else": True}, ""),
    "boy of 11": ("boy 11⏎", 2, {"age": 11, "sex": "male"}, ""),
    "27 weeks pregnant": ("27 weeks⏎", 1, {"pregnancy": {"weeks": 27}}, ""),
    "may Finalgon and Fastum gel be combined": ("fin↓⏎fas↓⏎", 2, {}, "On the same skin: no"),
    "holds Dolobene, has a liver disease": (
        "dolo↓⏎liv↓⏎",
        2,
        {"conditions": ["liver"]},
        "Dolobene gel: must not be used",
    ),
    "child of 3": ("3⏎", 1, {"age": 3}, ""),
    "what is Кеторол": ("кет↓⏎", 1, {}, "Ketorol gel: cannot be said yet"),
    "Russian: ж 62, гипертония, Эликвис": (
        "ж62⏎гиперто↓⏎эли↓⏎",
        4,
        {"age": 62, "sex": "female", "conditions": ["гипертония"], "medicines": ["эликвис"]},
        "",
    ),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_questions_of_a_pharmacist_take_few_keys_and_one_screen(
    browser: Browser, served: str, question: str
) -> None:
    typed, count, patient, says = QUESTIONS[question]
    with opened(browser, served) as page:
        keys = Keys(page)
        keys.type(typed)
        chips(page, count)
        print(f"{keys.pressed:3} keys  {question}: {typed}")  # noqa: T201 - the table of keys, shown with -s

        assert keys.pressed <= MOST_KEYS
        expect(page.locator("#answer")).to_contain_text(says)
        same_as_check(page, Patient.model_validate(patient))
        on_one_screen(page)


def test_the_verdict_moves_while_one_types(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        page.keyboard.type("man 34, nothing else")
        expect(page.locator(".group.allowed .count")).to_have_text("19")
        page.keyboard.type(", asthma")
        expect(page.locator(".group.excluded .count")).not_to_have_text("0")
        same_as_check(page, Patient(age=34, sex="male", conditions=["asthma"], nothing_else=True))
        assert page.locator(".chip").count() == 0


def test_at_most_five_suggestions_are_shown_and_announced_and_one_goes_through_them_by_arrow(
    browser: Browser, served: str
) -> None:
    with opened(browser, served) as page:
        box = page.get_by_role("combobox", name="Type an illness, medicine, allergy, age or remedy …")
        expect(box).to_be_focused()
        page.keyboard.type("hyp")
        options = page.locator("#offers").get_by_role("option")
        expect(options).to_have_count(5)
        expect(box).to_have_attribute("aria-expanded", "true")
        expect(page.get_by_role("status")).to_contain_text("5 suggestions")
        page.keyboard.press("ArrowUp")
        expect(box).to_have_attribute("aria-activedescendant", "offer-4")
        page.keyboard.press("ArrowDown")
        expect(box).to_have_attribute("aria-activedescendant", "offer-0")
        expect(options.first).to_have_attribute("aria-selected", "true")
        page.keyboard.press("Escape")
        expect(options).to_have_count(0)
        expect(box).to_have_attribute("aria-expanded", "false")
        expect(box).to_have_value("hyp")


def test_backspace_in_the_empty_box_removes_the_last_chip_and_each_has_a_button(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        Keys(page).type("man 34⏎asthma⏎")
        chips(page, 3)
        page.keyboard.press("Backspace")
        chips(page, 2)
        expect(page.locator("#text")).to_be_focused()
        page.get_by_role("button", name="Remove 34").press("Enter")
        chips(page, 1)
        same_as_check(page, Patient(sex="male"))


def test_fast_typing_loses_nothing(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        for words in ("man", "34", "asthma", "gout", "takes warfarin", "xyzzy", "sauna"):
            page.keyboard.insert_text(words)
            page.keyboard.press("Enter")
        chips(page, 7)
        assert page.locator(".chip.unclear").count() == 1


def test_what_cannot_be_read_comes_back_into_the_box(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        Keys(page).type("man, woman⏎")
        expect(page.get_by_role("alert")).to_contain_text("said twice")
        expect(page.locator("#text")).to_have_value("man, woman")
        assert page.locator(".group").count() == 0


def test_everything_is_done_by_keyboard(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        Keys(page).type("man 34⏎aspirin⏎")
        chips(page, 3)
        page.get_by_role("button", name="takes aspirin").press("Enter")
        expect(page.locator(".chip.unclear")).to_have_count(0)
        page.get_by_role("button", name="All but warning signs").press("Enter")
        expect(page.locator("#close-skin")).to_have_attribute("aria-pressed", "true")
        expect(page.locator("#text")).to_be_focused()
        page.get_by_role("button", name="No", exact=True).first.press("Enter")
        chips(page, 4)
        page.get_by_role("button", name="Finalgon", exact=True).press("Enter")
        expect(page.get_by_role("heading", name="Finalgon ointment:")).to_be_visible()
        expect(page.locator("#open-finalgon")).to_be_focused()
        for name in ("Finalgon", "Fastum gel"):
            page.get_by_role("checkbox", name=f"{name} together with another one").press("Space")
        expect(page.locator(".pair")).to_contain_text("On the same skin: no")


def test_every_control_is_reached_by_tab_in_the_order_of_the_page(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        Keys(page).type("man 34⏎")
        chips(page, 2)
        seen = "one => one.type !== 'hidden' && one.checkVisibility()"
        wanted = page.locator("#counter").evaluate(f"form => [...form.elements].filter({seen}).map(one => one.id)")
        reached = [page.evaluate("document.activeElement.id")]
        while len(reached) < len(wanted):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.id"))
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline == "solid"
        assert reached == wanted


def test_without_scripts_the_form_does_the_same(browser: Browser, served: str) -> None:
    with opened(browser, served, java_script_enabled=False) as page:
        page.fill("#text", "man 34, asthma")
        page.keyboard.press("Enter")
        expect(page.locator(".chip")).to_have_count(3)
        page.click("#close-all")
        page.click("#open-dolobene")
        expect(page.get_by_role("heading", name="Dolobene gel: must not be used")).to_be_visible()
        page.check("#tick-dolobene")
        page.check("#tick-finalgon")
        page.get_by_role("button", name="Show").click()
        expect(page.locator(".pair")).to_contain_text("On the same skin: no")
        closed = {topic: {"rest": "no"} for topic in ("skin", "allergies", "medicines", "circumstances")}
        conditions = {"yes": ["asthma"], "rest": "no"}
        same_as_check(page, Patient.model_validate({"age": 34, "sex": "male", "conditions": conditions, **closed}))
        page.click("#drop-0")
        expect(page.locator(".chip")).to_have_count(2)
        assert page.url == f"{served}/"


def test_the_plan_opens_as_the_sheet_with_its_styles_and_the_calendar_is_saved(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        Keys(page).type("man 34, nothing else⏎finalgon⏎")
        chips(page, 4)
        with page.expect_popup() as popup:
            page.get_by_role("button", name="Plan", exact=True).click()
        sheet = popup.value
        expect(sheet.get_by_role("heading", name="Finalgon ointment")).to_be_visible()
        assert sheet.url == f"{served}/plan"
        assert sheet.evaluate("getComputedStyle(document.body).maxWidth") == "736px"
        with page.expect_download() as download:
            page.get_by_role("button", name="Calendar").click()
        assert download.value.suggested_filename == "finalgon.ics"


def test_a_referral_covers_everything(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        Keys(page).type("man 34⏎lost bladder control⏎")
        expect(page.get_by_role("heading", name="See a doctor now, before any remedy")).to_be_visible()
        expect(page.locator(".group").first).to_be_hidden()
        expect(page.get_by_role("status")).to_contain_text("See a doctor now")
        assert page.get_by_role("button", name="Plan").count() == 0
        page.get_by_text("What the labels say of each remedy").click()
        expect(page.locator(".group").first).to_be_visible()


def test_markup_that_is_typed_is_shown_and_never_run(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        for words in (MARKUP, f"takes {MARKUP}", f'"{MARKUP}'):
            page.keyboard.insert_text(words)
            page.keyboard.press("Enter")
        expect(page.locator(".chip").first).to_contain_text(MARKUP)
        page.fill("#age", MARKUP)
        page.fill("#weeks", MARKUP)
        expect(page.locator("#answer")).to_contain_text(MARKUP)
        assert page.locator("img").count() == 0


def test_where_the_server_is_gone_no_old_answer_is_left(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        page.route("**/*", lambda route: route.fulfill(status=200, body="<p>no page of ours</p>"))
        Keys(page).type("man 34⏎")
        expect(page.get_by_role("alert")).to_contain_text("The answer is out of date")
        assert page.locator(".group").count() == 0


def test_an_answer_to_something_else_is_marked_as_not_ready(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        held: list[Route] = []

        def hold(route: Route) -> None:
            if held:
                route.continue_()
            else:
                held.append(route)

        page.route(f"{served}/", hold)
        with page.expect_request(f"{served}/"):
            Keys(page).type("man 34⏎")
        expect(page.locator("#answer")).to_have_attribute("aria-busy", "true")
        held[0].continue_()
        chips(page, 2)
        expect(page.locator("#answer")).not_to_have_attribute("aria-busy", "true")


STATES = {
    "empty": "",
    "a full verdict": "woman 62, hypertension, takes Eliquis, xyzzy, aspirin⏎",
    "a referral": "man 34, fever⏎",
    "a remedy": "man 34, asthma, dolobene, finalgon⏎",
    "nothing that can be read": "man, woman⏎",
    "suggestions": "hyp↓",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_no_rule_of_wcag_is_broken(browser: Browser, served: str, state: str, scheme: str) -> None:
    with opened(browser, served, color_scheme=scheme) as page:
        Keys(page).type(STATES[state])
        if state == "a remedy":
            page.click("#open-dolobene")
            expect(page.locator("#shut")).to_be_visible()
        elif state not in {"empty", "suggestions"}:
            expect(page.locator(".chip, .fault").first).to_be_visible()
        expect(page.locator("#answer")).not_to_have_attribute("aria-busy", "true")
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": LEVELS}})
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("size", [PHONE, {"width": 683, "height": 384}, {"width": 320, "height": 640}])
def test_on_a_phone_and_at_twice_the_size_columns_stack_and_nothing_is_cut(
    browser: Browser, served: str, size: dict[str, int]
) -> None:
    with opened(browser, served, viewport=size) as page:
        Keys(page).type("woman 62, hypertension, takes Eliquis, xyzzy, dolobene⏎")
        chips(page, 6)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= size["width"]
        customer, answer = (page.locator(one).bounding_box() for one in (".customer", "#answer"))
        assert customer is not None
        assert answer is not None
        assert answer["y"] >= customer["y"] + customer["height"]


def with_chips(page: Page, *words: str) -> None:
    for count, word in enumerate(words, start=1):
        page.locator("#text").fill(word)
        page.keyboard.press("Enter")
        chips(page, count)


def test_a_key_that_is_held_down_empties_the_box_and_deletes_no_chip(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        with_chips(page, "asthma", "warfarin")
        page.keyboard.insert_text("ps")
        page.keyboard.down("Backspace")
        for _ in range(4):
            page.keyboard.down("Backspace")
        page.keyboard.up("Backspace")
        chips(page, 2)
        page.keyboard.press("Backspace")
        chips(page, 1)


def test_two_quick_clicks_delete_the_two_chips_that_were_clicked(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        with_chips(page, "asthma", "psoriasis", "warfarin")
        page.evaluate("[0, 1].forEach((place) => document.getElementById(`drop-${place}`).click())")
        chips(page, 1)
        expect(page.locator(".chip .word")).to_have_text("warfarin (warfarin-type tablets)")
        page.evaluate("[0, 0].forEach((place) => document.getElementById(`drop-${place}`).click())")
        chips(page, 0)


def test_a_double_click_does_what_one_click_does(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        with_chips(page, "asthma", "psoriasis")
        page.locator("#drop-0").dblclick()
        chips(page, 1)
        expect(page.locator("#answer:not([aria-busy])")).to_be_attached()
        chips(page, 1)


def test_a_word_whose_answer_never_came_stands_in_the_box_again(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport=COUNTER)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{served}/")
    expect(page.locator("#counter[data-ready]")).to_be_attached()
    page.route("**/", lambda route: route.abort(), times=1)
    page.locator("#text").fill("asthma")
    page.keyboard.press("Enter")
    expect(page.locator(".lost")).to_be_visible()
    expect(page.locator("#text")).to_have_value("asthma")
    page.keyboard.press("Enter")
    chips(page, 1)
    expect(page.locator(".lost")).to_have_count(0)
    context.close()


def test_lines_that_are_pasted_stay_apart(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        page.evaluate(
            """() => {
                const data = new DataTransfer();
                data.setData("text", "man 34, nothing else\\nAllergies: none\\r\\nAsthma");
                const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
                document.getElementById("text").dispatchEvent(paste);
            }"""
        )
        expect(page.locator("#text")).to_have_value("man 34, nothing else, Allergies: none, Asthma")
        page.keyboard.press("Enter")
        expect(page.locator(".group.excluded .count")).not_to_have_text("0")
        expect(page.locator(".group.allowed .count")).to_have_text("0")


def test_what_is_out_of_date_is_not_printed(browser: Browser, served: str) -> None:
    with opened(browser, served) as page:
        page.emulate_media(media="print")
        expect(page.locator("#answer")).to_be_visible()
        page.evaluate("document.getElementById('answer').setAttribute('aria-busy', 'true')")
        expect(page.locator("#answer")).to_be_hidden()
