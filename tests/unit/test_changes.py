"""Two catalogues compared: what differs, for whom the verdict changes, and how it is told."""

import json
from pathlib import Path

import pytest
from support import TODAY, Json, a_fact, a_remedy, a_rule, one_remedy, small_catalogue

from remedies import Catalogue
from remedies.checking.changes import Changes, changes
from remedies.pages.changes import sections
from remedies.pages.layout import Section, as_text

DATA = Path(__file__).parents[2] / "data"
CITED = ["leaflet: dosage"]
TIMES = {"min": 2, "max": 3, "sources": CITED}
SAME = "no verdict changes in any situation tried."


def compared(old: Catalogue, new: Catalogue) -> Changes:
    return changes(old, new, as_of=TODAY)


def told(old: Catalogue, new: Catalogue) -> str:
    """Lay out what differs, on lines that are too long to wrap."""
    return as_text(sections(compared(old, new)), 200)


def judged(old: Catalogue, new: Catalogue) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(one.remedy, one.before, one.after, one.situations) for one in compared(old, new).verdicts]


def text(words: str) -> Json:
    return {"text": words, "sources": CITED}


def test_the_shipped_catalogue_differs_in_nothing_from_itself(shipped: Catalogue) -> None:
    found = compared(shipped, Catalogue.load(DATA / "remedies.json"))
    assert not found
    assert list(sections(found)) == [Section(None, ("Nothing changed.",))]


def test_one_rule_of_the_shipped_catalogue_that_asks_instead_of_excluding_is_all_that_differs(
    shipped: Catalogue, tmp_path: Path
) -> None:
    document = json.loads((DATA / "remedies.json").read_text(encoding="utf-8"))
    dolobene = next(one for one in document["remedies"] if one["id"] == "dolobene")
    asthma = next(one for one in dolobene["rules"] if one["id"] == "asthma")
    assert asthma["effect"] == "exclude"
    asthma["effect"] = "ask-doctor"
    changed = tmp_path / "remedies.json"
    changed.write_text(json.dumps(document), encoding="utf-8")
    assert told(shipped, Catalogue.load(changed)) == (
        "1 rule changed; verdicts change for 2 situations in 1 remedy.\n"
        "\n"
        "For whom the verdict changes\n"
        "Remedy    Verdict                For whom\n"
        "--------  ---------------------  --------------------------------------------------------\n"
        "dolobene  excluded → ask-doctor  asthma; asthma set off by aspirin or similar painkillers\n"
        "\n"
        "Rules\n"
        "- dolobene/asthma: exclude → ask-doctor"
    )


def test_what_differs_survives_json() -> None:
    facts = (a_fact("illness"),)
    old = one_remedy([a_rule("ill", {"condition": "illness"})], facts)
    new = one_remedy([a_rule("ill", {"condition": "illness"}, "ask-doctor")], facts)
    found = compared(old, new)
    assert Changes.model_validate_json(found.model_dump_json()) == found
    written = json.loads(found.model_dump_json())
    assert written["before"] == {"version": "2026.11.22", "sha256": old.sha256}
    assert written["after"] == {"version": "2026.11.22", "sha256": new.sha256}
    difference = {"field": "effect", "item": None, "before": "exclude", "after": "ask-doctor"}
    assert written["rules"] == {
        "added": [],
        "dropped": [],
        "changed": [{"key": "gel/ill", "differences": [difference]}],
    }
    assert written["verdicts"] == [
        {"remedy": "gel", "before": "excluded", "after": "ask-doctor", "situations": ["illness"]}
    ]


def test_a_new_version_alone_is_called_so() -> None:
    assert told(one_remedy([]), one_remedy([], version="2026.12.1")) == (
        "Nothing changed but the version.\nVersion 2026.11.22 → 2026.12.1."
    )


def test_records_in_another_order_are_the_same_records() -> None:
    facts = (a_fact("illness"), a_fact("burn", "skin"))
    assert told(one_remedy([], facts), one_remedy([], facts[::-1])) == (
        "Nothing changed but the order or the layout of the files."
    )


def test_rules_are_told_with_everything_that_differs_in_them() -> None:
    facts = (a_fact("illness"), a_fact("other"))
    young = {"all": [{"condition": "illness"}, {"age_below": 2}]}
    both = {"all": [{"condition": "illness"}, {"condition": "other"}]}
    gone = {"all": [{"condition": "other"}, {"age_below": 3}]}
    cited = ["leaflet: children", "leaflet: general"]
    old = one_remedy([a_rule("ill", young, basis="class", cure="Wait."), a_rule("gone", gone)], facts)
    new = one_remedy([a_rule("ill", both, because="So it is.", sources=cited), a_rule("new", young)], facts)
    assert told(old, new) == (
        f"1 rule changed, 1 added, 1 dropped; {SAME}\n"
        "\n"
        "Rules\n"
        "- gel/ill, clause: illness and below 2 years → illness and other\n"
        "- gel/ill, because: “ill.” → “So it is.”\n"
        "- gel/ill, basis: class → own\n"
        "- gel/ill, cure: dropped “Wait.”\n"
        "- gel/ill, sources: added leaflet: children, leaflet: general; dropped leaflet: contraindications\n"
        "- gel/new: added: exclude: illness and below 2 years: “new.”\n"
        "- gel/gone: dropped: exclude: other and below 3 years: “gone.”"
    )


def test_sources_in_another_order_are_a_change_of_the_rule() -> None:
    cited = ["leaflet: children", "leaflet: general"]
    old, new = (one_remedy([a_rule("young", {"age_below": 2}, sources=some)]) for some in (cited, cited[::-1]))
    assert told(old, new) == (
        f"1 rule changed; {SAME}\n\nRules\n- gel/young, sources: in another order, leaflet: general first"
    )


def test_a_citation_written_in_its_longer_form_is_the_same_citation() -> None:
    cited = ["leaflet: children", "leaflet: general"]
    longer = [{"ref": "leaflet", "section": "children"}, {"ref": "leaflet", "section": "general"}]
    old, new = (one_remedy([a_rule("young", {"age_below": 2}, sources=some)]) for some in (cited, longer))
    assert told(old, new) == "Nothing changed but the order or the layout of the files."


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ({"condition": "illness"}, "illness"),
        ({"allergy": "dust"}, "allergy to dust"),
        ({"taking": "tablets"}, "using tablets"),
        ({"age_below": {"years": 1, "months": 6}}, "below 1 year 6 months"),
        ({"pregnant": "any"}, "pregnant"),
        ({"pregnant": {"trimesters": [1, 3]}}, "pregnant (trimester 1, 3)"),
        ({"pregnant": {"from_week": 20}}, "pregnant (from week 20)"),
        ({"breastfeeding": True}, "breastfeeding"),
        ({"always": True}, "everybody"),
        (
            {"all": [{"condition": "illness"}, {"any": [{"age_below": 2}, {"taking": "tablets"}]}]},
            "illness and (below 2 years or using tablets)",
        ),
    ],
)
def test_a_clause_is_told_in_words(clause: Json, words: str) -> None:
    facts = (a_fact("illness"), a_fact("dust", "allergies"), a_fact("tablets", "medicines"))
    found = compared(one_remedy([], facts), one_remedy([a_rule("so", clause)], facts))
    items = [item for section in sections(found) for item in section.items]
    assert items == [f"gel/so: added: exclude: {words}: “so.”"]


def test_rules_of_substances_and_of_the_whole_catalogue_count_as_well() -> None:
    facts, gel, young = [a_fact("substance", "allergies")], a_remedy("gel", []), a_rule("young", {"age_below": 2})
    old = small_catalogue(facts, [gel], substances=[{"id": "substance", "rules": [young]}])
    new = small_catalogue(facts, [gel], rules=[young])
    assert told(old, new) == (
        f"1 rule added, 1 dropped; {SAME}\n"
        "\n"
        "Rules\n"
        "- catalogue/young: added: exclude: below 2 years: “young.”\n"
        "- substance/young: dropped: exclude: below 2 years: “young.”"
    )


def test_a_remedy_that_only_one_catalogue_has_is_told_whole_and_not_judged() -> None:
    facts = [a_fact("substance", "allergies")]
    cream = a_remedy("cream", [a_rule("young", {"age_below": 2})])
    balm = a_remedy("balm", [a_rule("young", {"age_below": 2}), a_rule("nursing", {"breastfeeding": True})])
    gel = a_remedy("gel", [])
    assert told(small_catalogue(facts, [gel, cream]), small_catalogue(facts, [balm, gel])) == (
        f"1 remedy added, 1 dropped; {SAME}\n"
        "\n"
        "Remedies\n"
        "- balm: added: “Balm”, 2 rules of its own\n"
        "- cream: dropped: “Cream”, 1 rule of its own"
    )


def test_numbers_of_use_are_told_with_what_they_count() -> None:
    def catalogue(*doses: Json) -> Catalogue:
        return small_catalogue([a_fact("substance", "allergies")], [a_remedy("gel", [], usage={"doses": doses})])

    old = catalogue(
        {
            "times_per_day": {"min": 1, "max": 3, "sources": CITED},
            "hours_between": {"hours": 6, "sources": CITED},
            "amount": {"text": "a pea", "grams": {"min": 1, "max": 2.5}, "sources": CITED},
            "max_days": {"days": 10, "sources": CITED},
        }
    )
    new = catalogue(
        {
            "times_per_day": {"min": 2, "max": 2, "sources": ["leaflet: general"]},
            "amount": {"text": "a cherry", "grams": {"min": 1, "max": 3}, "sources": CITED},
            "max_days": {"days": 7, "sources": CITED},
            "max_per_day": {"text": "15 g", "grams": 15, "sources": CITED},
        }
    )
    assert told(old, new) == (
        f"Numbers of use of 1 remedy changed; {SAME}\n"
        "\n"
        "Numbers of use\n"
        "- gel: at least 1 time a day → at least 2\n"
        "- gel: at most 3 times a day → at most 2\n"
        "- gel, times per day, sources: added leaflet: general; dropped leaflet: dosage\n"
        "- gel, hours between: dropped at least 6 hours apart\n"
        "- gel, amount: “a pea” → “a cherry”\n"
        "- gel: at most 2.5 g each time → at most 3\n"
        "- gel: at most 10 days → at most 7\n"
        "- gel, max per day: added “15 g”, at most 15 g a day"
    )


def test_numbers_of_use_are_told_by_age() -> None:
    def catalogue(*doses: Json) -> Catalogue:
        return small_catalogue([a_fact("substance", "allergies")], [a_remedy("gel", [], usage={"doses": doses})])

    often, seldom = {"times_per_day": TIMES}, {"times_per_day": {**TIMES, "max": 2}}
    old = catalogue({"from_age": 6, "below_age": 12, **often}, {"from_age": 12, **often})
    new = catalogue({"from_age": 6, "below_age": 12, **seldom}, {"from_age": 14, **often})
    assert told(old, new) == (
        f"Numbers of use of 1 remedy changed; {SAME}\n"
        "\n"
        "Numbers of use\n"
        "- gel, from 6 to below 12 years: at most 3 times a day → at most 2\n"
        "- gel, from 12 years, ages: from 12 years → from 14 years"
    )
    assert told(old, catalogue(often)).partition("\n\n")[2] == (
        "Numbers of use\n"
        "- gel: dropped from 6 to below 12 years, times per day (at least 2 times a day, at most 3 times a day)\n"
        "- gel: dropped from 12 years, times per day (at least 2 times a day, at most 3 times a day)\n"
        "- gel: added every age, times per day (at least 2 times a day, at most 3 times a day)"
    )


def test_texts_of_a_remedy_are_told_by_where_they_stand() -> None:
    facts = [a_fact(name, "allergies") for name in ("base", "substance", "other")]
    after_sun = {**text("Stay out of the sun."), "days_after_last_use": 14}
    old = a_remedy(
        "gel",
        [],
        ingredients=("base",),
        excipients=[{"substance": "substance", "strength": "1%", "sources": CITED}],
        aliases=["Old", "Kept"],
        helps=[text("a sore back"), text("a sore neck")],
        usage={"doses": [{}], "how": [text("Rub."), text("Wash.")], "aftercare": [after_sun], "stop": [text("Pain.")]},
    )
    new = a_remedy(
        "gel",
        [],
        ingredients=("base", "other"),
        excipients=[{"substance": "substance", "strength": "2%", "sources": CITED}],
        aliases=["Kept", "New"],
        helps=[text("a sore neck")],
        not_to_confuse=[{"name": "Cream", "because": "It is weaker.", "sources": CITED}],
        usage={
            "doses": [{}],
            "how": [text("Rub it in."), text("Wash.") | {"about": "bath"}],
            "aftercare": [after_sun | {"days_after_last_use": 7}],
            "avoid": [text("Eyes."), text("Heat.")],
            "stop": [text("Pain.")],
        },
    ) | {"name": "New gel"}
    assert told(small_catalogue(facts, [old]), small_catalogue(facts, [new])) == (
        "1 remedy changed; verdicts change for 1 situation in 1 remedy.\n"
        "\n"
        "For whom the verdict changes\n"
        "Remedy    Verdict             For whom\n"
        "--------  ------------------  ----------------\n"
        "gel       allowed → excluded  allergy to other\n"
        "\n"
        "Remedies\n"
        "- gel, name: “Gel” → “New gel”\n"
        "- gel, aliases: dropped “Old”\n"
        "- gel, aliases: added “New”\n"
        "- gel, ingredients: added substance “other”\n"
        "- gel, excipients, “substance”, strength: “1%” → “2%”\n"
        "- gel, not to confuse: added name “Cream”, because “It is weaker.”\n"
        "- gel, helps: dropped “a sore back”\n"
        "- gel, how, “Wash.”, about: added “bath”\n"
        "- gel, how: “Rub.” → “Rub it in.”\n"
        "- gel, avoid: added “Eyes.”\n"
        "- gel, avoid: added “Heat.”\n"
        "- gel, aftercare, “Stay out of the sun.”, days after last use: 14 → 7"
    )


def test_what_holds_for_every_remedy_and_for_a_substance_is_told_as_well() -> None:
    facts = [a_fact("substance", "allergies"), a_fact("fever", "signs")]
    gel = a_remedy("gel", [])
    sign = {"sign": "fever", "urgency": "soon", "because": "It points to an infection.", "sources": CITED}
    common = {"times_per_day": TIMES, "max_days": {"days": 5, "sources": CITED}}
    old = small_catalogue(facts, [gel], signs=[sign], common=common)
    new = small_catalogue(
        facts,
        [gel],
        signs=[sign | {"urgency": "now"}],
        common=common | {"max_days": {"days": 4, "sources": CITED}, "bath": text("A bath helps.")},
        dimensions=[{"id": "age", "label": "use under 18", "when": {"age_below": 18}}],
        substances=[{"id": "substance", "avoid": [text("Heat.")]}],
    )
    assert told(old, new) == (
        "Texts of 1 substance changed; what holds for every remedy changed; "
        "verdicts change for 1 situation in 1 remedy.\n"
        "\n"
        "For whom the verdict changes\n"
        "Remedy    Verdict               For whom\n"
        "--------  --------------------  ---------------------\n"
        "gel       allowed → ask-doctor  at 17 years 11 months\n"
        "\n"
        "Substances\n"
        "- substance, avoid: added “Heat.”\n"
        "\n"
        "Every remedy\n"
        "- catalogue, dimensions: added id “age”, label “use under 18”, clause (below 18 years)\n"
        "- catalogue, signs, “fever”, urgency: “soon” → “now”\n"
        "- catalogue: at most 5 days → at most 4\n"
        "- catalogue, bath: added “A bath helps.”"
    )


def test_facts_are_told_with_their_words_codes_and_hierarchy() -> None:
    substance, gel = a_fact("substance", "allergies"), a_remedy("gel", [])
    old = small_catalogue(
        [substance, a_fact("illness", synonyms={"en": ["disease"]}, icd10={"proves": ["J45"]}), a_fact("lump", "skin")],
        [gel],
    )
    new = small_catalogue(
        [
            substance,
            a_fact("cough", label="a cough"),
            a_fact("illness", synonyms={"en": ["sickness"]}, icd10={"proves": ["J45", "J46"]}, is_a=["cough"]),
        ],
        [gel],
    )
    assert told(old, new) == (
        f"1 fact changed, 1 added, 1 dropped; {SAME}\n"
        "\n"
        "Facts\n"
        "- illness, words, en: dropped “disease”\n"
        "- illness, words, en: added “sickness”\n"
        "- illness, is a kind of: added “cough”\n"
        "- illness, ICD-10, proves: added “J46”\n"
        "- cough: added: “a cough” (conditions)\n"
        "- lump: dropped: “lump” (skin)"
    )


def test_sources_are_told_with_what_differs_in_them() -> None:
    old = one_remedy([])
    records = json.loads(old._contents[2])["sources"]
    vocabulary, leaflet = records["vocabulary"], records["leaflet"]
    renewed = {"leaflet": {**leaflet, "year": 2025, "url": "https://example.org"}, "book": {**leaflet, "title": "Book"}}
    contents = json.dumps({"sources": {"vocabulary": vocabulary, **renewed}}).encode()
    new = Catalogue((*old._contents[:2], contents))
    assert told(old, new) == (
        f"1 source changed, 1 added; {SAME}\n"
        "\n"
        "Sources\n"
        "- leaflet, year: 2024 → 2025\n"
        "- leaflet, url: added “https://example.org”\n"
        "- book: added: “Book” (RU, label)"
    )


def test_an_age_limit_that_moves_changes_the_ages_in_between() -> None:
    old = one_remedy([a_rule("young", {"age_below": 12})])
    new = one_remedy([a_rule("young", {"age_below": {"years": 11, "months": 6}})])
    assert judged(old, new) == [
        ("gel", "excluded", "allowed", ("at 11 years 6 months", "at 11 years 11 months")),
    ]


def test_a_limit_in_a_conjunction_is_tried_as_well() -> None:
    facts = (a_fact("illness"),)
    young = {"all": [{"condition": "illness"}, {"age_below": 1}]}
    old, new = one_remedy([a_rule("young", young)], facts), one_remedy([a_rule("young", {"age_below": 2})], facts)
    assert judged(old, new) == [
        ("gel", "allowed", "excluded", ("at 11 months", "at 1 year", "at 1 year 11 months")),
    ]


def test_sixty_years_are_always_tried() -> None:
    old, new = one_remedy([]), one_remedy([a_rule("under-70", {"age_below": 70})])
    assert judged(old, new) == [
        (
            "gel",
            "allowed",
            "excluded",
            (
                "a healthy adult",
                "at 60 years",
                "at 69 years 11 months",
                "possibly pregnant",
                "in week 12+6",
                "in week 13+6",
                "in week 14+0",
                "in week 27+6",
                "in week 28+0",
                "breastfeeding",
            ),
        )
    ]


def test_a_course_that_runs_into_a_window_of_pregnancy_counts_from_the_day_before() -> None:
    old = one_remedy([a_rule("late", {"pregnant": {"trimesters": [3]}})])
    new = one_remedy([a_rule("late", {"pregnant": {"from_week": 20}})])
    assert judged(old, new) == [("gel", "allowed", "excluded", ("in week 19+6", "in week 20+0"))]


def test_the_trimesters_are_told_apart() -> None:
    old = one_remedy([a_rule("pregnant", {"pregnant": {"trimesters": [1, 2, 3]}}, "ask-doctor")])
    new = one_remedy([a_rule("pregnant", {"pregnant": {"trimesters": [1, 3]}}, "ask-doctor")])
    assert judged(old, new) == [("gel", "ask-doctor", "allowed", ("in week 14+0",))]


def test_possible_pregnancy_and_breastfeeding_are_situations() -> None:
    rules = [a_rule("first", {"pregnant": {"trimesters": [1]}}), a_rule("nursing", {"breastfeeding": True})]
    assert judged(one_remedy(rules), one_remedy([])) == [
        ("gel", "undecided", "allowed", ("possibly pregnant",)),
        ("gel", "excluded", "allowed", ("in week 12+6", "in week 13+6", "breastfeeding")),
    ]


def test_a_fact_brings_its_kinds_with_it() -> None:
    facts = (
        a_fact("lump", "skin"),
        a_fact("heart-disease", label="heart disease"),
        a_fact("angina", is_a=["heart-disease"]),
        a_fact("tablets", "medicines"),
    )
    rules = [a_rule("heart", {"condition": "heart-disease"}), a_rule("tablets", {"taking": "tablets"})]
    new = one_remedy([*rules, a_rule("lump", {"skin": "lump"})], facts)
    assert judged(one_remedy([], facts), new) == [
        # Somebody of whom only the heart disease is known may have angina or not: excluded either way.
        ("gel", "allowed", "excluded", ("heart disease", "angina", "lump", "using tablets")),
    ]


def test_a_fact_that_one_catalogue_does_not_know_is_not_asked_there() -> None:
    substance, balm = a_fact("substance", "allergies"), a_remedy("balm", [])
    small = small_catalogue([substance], [a_remedy("gel", []), balm])
    gel = a_remedy("gel", [a_rule("ill", {"condition": "illness"})])
    large = small_catalogue([substance, a_fact("illness"), a_fact("harmless")], [gel, balm])
    assert judged(small, large) == [("gel", "not asked", "excluded", ("illness",))]
    assert judged(large, small) == [("gel", "excluded", "not asked", ("illness",))]


def test_a_fact_that_moves_to_another_topic_is_told_under_the_right_one() -> None:
    old = one_remedy([a_rule("rash", {"condition": "rash"})], (a_fact("rash", label="a rash"),))
    new = one_remedy([a_rule("rash", {"skin": "rash"}, "ask-doctor")], (a_fact("rash", "skin", label="rash there"),))
    assert judged(old, new) == [("gel", "excluded", "ask-doctor", ("rash there",))]


def test_where_a_healthy_adult_is_affected_the_other_situations_are_only_counted() -> None:
    facts, gel = [a_fact("substance", "allergies"), a_fact("illness")], a_remedy("gel", [])
    new = small_catalogue(facts, [gel], rules=[a_rule("everybody", {"always": True}, "ask-doctor")])
    # The illness, 60 years, a possible pregnancy, five weeks and breastfeeding; the allergy excludes as before.
    assert told(small_catalogue(facts, [gel]), new) == (
        "1 rule added; verdicts change for 10 situations in 1 remedy.\n"
        "\n"
        "For whom the verdict changes\n"
        "Remedy    Verdict               For whom\n"
        "--------  --------------------  --------------------------\n"
        "gel       allowed → ask-doctor  a healthy adult and 9 more\n"
        "\n"
        "Rules\n"
        "- catalogue/everybody: added: ask-doctor: everybody: “everybody.”"
    )


def test_situations_are_counted_once_however_many_remedies_they_touch() -> None:
    facts = [a_fact("substance", "allergies"), a_fact("illness"), a_fact("other")]
    gel, balm = a_remedy("gel", []), a_remedy("balm", [])
    ill, other = a_rule("ill", {"condition": "illness"}), a_rule("other", {"condition": "other"}, "ask-doctor")
    old = small_catalogue(facts, [gel, balm])
    new = small_catalogue(facts, [gel, a_remedy("balm", [other])], rules=[ill])
    assert told(old, new).partition("\n\nRules")[0] == (
        "2 rules added; verdicts change for 2 situations in 2 remedies.\n"
        "\n"
        "For whom the verdict changes\n"
        "Remedy    Verdict               For whom\n"
        "--------  --------------------  ----------\n"
        "gel       allowed → excluded    illness\n"
        "balm      allowed → excluded    illness\n"
        "balm      allowed → ask-doctor  other"
    )
