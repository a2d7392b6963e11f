"""A person in one line of words: what each phrase of the grammar is read as, and what is asked back."""

from typing import Any

import pytest

from remedies import ArgumentError, Catalogue, InputError, Patient, PatientError, check, in_words, read_sentence
from remedies.knowledge.topics import Topic

ALL = ("conditions", "skin", "allergies", "medicines", "circumstances", "signs")


def nowhere_understood(*phrases: str) -> dict[str, Any]:
    return {topic: list(phrases) for topic in ALL}


READ: list[tuple[str, dict[str, Any]]] = [
    # The person
    ("woman 62", {"sex": "female", "age": 62}),
    ("62F", {"sex": "female", "age": 62}),
    ("62/m", {"sex": "male", "age": 62}),
    ("ж62", {"sex": "female", "age": 62}),
    ("жен. 62", {"sex": "female", "age": 62}),
    ("62-летняя женщина", {"sex": "female", "age": 62}),
    ("62-year-old man", {"sex": "male", "age": 62}),
    ("62 y/o", {"age": 62}),
    ("asthma 62 y/o", {"age": 62, "conditions": ["asthma"]}),
    ("aged 62", {"age": 62}),
    ("7 months", {"age": {"years": 0, "months": 7}}),
    ("born 17.05.1990", {"born": "1990-05-17"}),
    ("27+3", {"pregnancy": {"weeks": 27, "days": 3}}),
    ("20 weeks pregnant", {"pregnancy": {"weeks": 20}}),
    ("12 weeks", {"pregnancy": {"weeks": 12}}),
    ("woman 30 27 weeks", {"age": {"years": 30}, "sex": "female", "pregnancy": {"weeks": 27}}),
    ("breastfeeding 30", {"age": {"years": 30}, "breastfeeding": True}),
    ("62 woman 5 months pregnant", {"age": 62, "sex": "female", "pregnancy": {"months": 5}}),
    ("беременна 6 месяцев", {"pregnancy": {"months": 6}}),
    ("having a baby", {"pregnancy": "yes"}),
    ("34f, baby on the way", {"age": {"years": 34}, "sex": "female", "pregnancy": "yes"}),
    ("no baby on the way", {"pregnancy": "no"}),
    ("27 недель, беременна", {"pregnancy": {"weeks": 27}}),
    ("ПДР 20.02.2027", {"pregnancy": {"due": "2027-02-20"}}),
    ("maybe pregnant", {"pregnancy": "possible"}),
    ("pregnant?", {"pregnancy": "possible"}),
    ("pregnant no", {"pregnancy": "no"}),
    ("not pregnant not breastfeeding", {"pregnancy": "no", "breastfeeding": False}),
    ("кормлю", {"breastfeeding": True}),
    # Numbers that are no age
    ("type 2 diabetes, 62", {"age": 62, "conditions": ["type 2 diabetes"]}),
    ("2 stents", {"conditions": ["2 stents"]}),
    ("fever 39", {"signs": ["fever 39"]}),
    ("infarct 5 years ago", {"conditions": ["infarct 5 years ago"]}),
    ("takes aspirin 75 mg", {"medicines": ["aspirin 75 mg"]}),
    ("covid 19", {"conditions": ["covid 19"]}),
    ("10 years history of asthma", {"conditions": ["10 years history of asthma"]}),
    ("62 history of asthma", {"age": 62, "conditions": ["history of asthma"]}),
    ("62 недостаточность сердца", {"age": 62, "conditions": ["недостаточность сердца"]}),
    # Lists
    ("takes warfarin and lisinopril", {"medicines": ["lisinopril", "warfarin"]}),
    ("hypertension + diabetes", {"conditions": ["diabetes", "hypertension"]}),
    ("takes codeine / paracetamol", {"medicines": ["codeine / paracetamol"]}),
    ("takes warfarin, asthma", {"medicines": ["warfarin"], "conditions": ["asthma"]}),
    ("принимает аспирин", {"medicines": ["аспирин"]}),
    ("аллергия на аспирин", {"allergies": ["аспирин"]}),
    ("allergic to aspirin takes warfarin", {"allergies": ["aspirin"], "medicines": ["warfarin"]}),
    ("takes fastum gel", {"medicines": ["fastum gel"]}),
    ("ibuprofen tablets", {"medicines": ["ibuprofen tablets"]}),
    ("на варфарине", {"medicines": ["варфарине"]}),
    ("eczema there asthma", {"skin": ["eczema"], "conditions": ["asthma"]}),
    ("medicines: nurofen", {"medicines": ["nurofen"]}),
    ("бронх. астма", {"conditions": ["бронх. астма"]}),
    ("MS", {"conditions": ["MS"]}),
    ("fcnvf", {"conditions": ["fcnvf"]}),
    ("“asthma”", {"conditions": ["asthma"]}),
    # Denial, doubt, family
    ("no asthma, hypertension", {"conditions": ["hypertension", "no asthma"]}),
    ("hypertension no asthma", {"conditions": ["hypertension", "no asthma"]}),
    ("asthma no", {"conditions": ["asthma no"]}),
    ("астмы нет", {"conditions": ["астмы нет"]}),
    ("no eczema there", {"skin": ["no eczema"]}),
    ("not taking warfarin", {"medicines": ["not taking warfarin"]}),
    ("takes no aspirin", {"medicines": ["no aspirin"]}),
    ("not allergic to aspirin, asthma", {"allergies": ["not allergic to aspirin"], "conditions": ["asthma"]}),
    ("no allergies takes warfarin", {"allergies": ["no allergies"], "medicines": ["warfarin"]}),
    ("asthma?", {"conditions": ["asthma?"]}),
    ("у мамы астма", {"conditions": ["у мамы астма"]}),
    # What closes a list
    ("nothing else", {"nothing_else": True}),
    ("больше ничего", {"nothing_else": True}),
    ("healthy", {"conditions": {"rest": "no"}}),
    ("takes nothing", {"medicines": {"rest": "no"}}),
    ("allergic to nothing else", {"allergies": {"rest": "no"}}),
    ("takes warfarin nothing else", {"medicines": {"yes": ["warfarin"], "rest": "no"}}),
    ("no illnesses no medicines", {"conditions": ["no illnesses"], "medicines": ["no medicines"]}),
    ("woman no medicines nothing else", {"sex": "female", "medicines": ["no medicines"], "nothing_else": True}),
    ("allergic to none", {"allergies": ["none"]}),
    ("skin ok", {"skin": {"rest": "no"}}),
    ("no warning signs", {"signs": {"rest": "no"}}),
]


@pytest.mark.parametrize(("words", "patient"), READ, ids=[words for words, _ in READ])
def test_a_sentence_is_read_as_the_patient_that_somebody_would_write(words: str, patient: dict[str, Any]) -> None:
    found = read_sentence(words)

    assert found.patient == Patient.model_validate(patient)
    assert found.asked_back == ()
    assert found.remedies == ()


ASKED: list[tuple[str, str, dict[str, Any]]] = [
    ("aspirin", "things", {"medicines": ["aspirin?"], "allergies": ["aspirin?"]}),
    ("Nurofen", "things", {"medicines": ["Nurofen?"], "allergies": ["Nurofen?"]}),
    ("на аспирине", "things", {"medicines": ["аспирине?"], "allergies": ["аспирине?"]}),
    ("ketorol", "things", {"medicines": ["ketorol?"], "allergies": ["ketorol?"]}),
    ("hypertension 62", "number", {"conditions": ["hypertension 62"]}),
    ("diabetes 10 years", "number", {"conditions": ["diabetes 10 years"]}),
    ("takes warfarin 75", "number", {"medicines": ["warfarin 75"]}),
    ("M62", "number", {"conditions": ["M62"]}),
    ("11 weeks", "weeks", nowhere_understood("11 weeks?")),
    ("man, 20 weeks", "weeks", {"sex": "male", **nowhere_understood("20 weeks?")}),
    ("none", "list", nowhere_understood("none?")),
    ("нет и нет", "scope", nowhere_understood("нет и нет?")),
    ("healthy?", "list", nowhere_understood("healthy?")),
    ("don't know", "list", nowhere_understood("don't know?")),
    ("nothing else?", "scope", nowhere_understood("nothing else?")),
    ("not healthy", "scope", nowhere_understood("not healthy")),
    ("maybe nothing else", "scope", nowhere_understood("maybe nothing else")),
    ("no asthma hypertension", "scope", nowhere_understood("no asthma hypertension")),
    ("hypertension maybe no asthma", "scope", nowhere_understood("hypertension maybe no asthma")),
    ("ничего кроме аспирина", "scope", nowhere_understood("ничего кроме аспирина")),
    ("mother 62", "scope", nowhere_understood("mother 62")),
    ("pregnant 5", "unclear", {"pregnancy": "yes", **nowhere_understood("5")}),
    ("breastfeeding mum 31", "unclear", {"breastfeeding": True, **nowhere_understood("31")}),
    ("xyzitis", "unclear", nowhere_understood("xyzitis")),
    ("takes warfarin xyzitis", "unclear", {**nowhere_understood("xyzitis"), "medicines": ["warfarin", "xyzitis"]}),
]


@pytest.mark.parametrize(("words", "why", "patient"), ASKED, ids=[words for words, _, _ in ASKED])
def test_what_could_be_two_things_is_asked_back_and_stands_in_each_list(
    words: str, why: str, patient: dict[str, Any]
) -> None:
    found = read_sentence(words)

    assert found.patient == Patient.model_validate(patient)
    assert [one.why for one in found.asked_back] == [why]


@pytest.mark.parametrize("words", ["hypertension 62", "takes warfarin 75", "M62"])
def test_a_number_is_not_asked_about_once_the_age_is_said(words: str) -> None:
    assert read_sentence(f"{words}, aged 40").asked_back == ()


def test_a_name_that_may_be_the_gel_names_it_in_the_question() -> None:
    assert [one.remedy for one in read_sentence("ketorol").asked_back] == ["ketorol-gel"]


@pytest.mark.parametrize(
    ("words", "remedies"),
    [
        ("finalgon fastum", ("fastum-gel", "finalgon")),
        ("кеторол гель", ("ketorol-gel",)),
        ("Финалгон, asthma", ("finalgon",)),
        ("гепатромбин с", ("dolobene",)),
        ("woman 62 капсикам мазь", ("capsicam",)),
    ],
)
def test_remedies_are_named_beside_the_person(words: str, remedies: tuple[str, ...]) -> None:
    assert read_sentence(words).remedies == remedies


REFUSED = [
    ("34m", "age: '34m' may be 34 months or a man of 34; say which"),
    ("6 m", "age: '6 m' may be 6 months or a man of 6; say which"),
    ("62, 63", "age: was said twice, as '62' and as '63'; say it once"),
    ("62, born 1960", "born: was said twice, as '62' and as 'born 1960'; say it once"),
    ("woman, man", "sex: was said twice, as 'man' and as 'woman'; say it once"),
    ("pregnant, not pregnant", "pregnancy: was said twice, as 'not pregnant' and as 'pregnant'; say it once"),
    ("pregnant, 27 weeks, 28 weeks", "pregnancy: was said twice, as '27 weeks' and as '28 weeks'; say it once"),
    ("pregnant, 6 months", "age: '6 months' may be the age or the time of pregnancy; add “old” or “pregnant”"),
    ("man pregnant", "pregnancy: was given for a man; leave it out, or correct sex"),
]


@pytest.mark.parametrize(("words", "message"), REFUSED)
def test_what_contradicts_itself_is_refused(words: str, message: str) -> None:
    with pytest.raises(PatientError) as caught:
        read_sentence(words)

    assert str(caught.value) == message


def test_a_sentence_of_two_thousand_characters_is_read_and_no_longer_one() -> None:
    assert read_sentence("asthma, " * 250).patient == Patient(conditions=["asthma"])
    with pytest.raises(InputError) as caught:
        read_sentence("a" * 2001)

    assert str(caught.value) == "words: has 2001 characters; at most 2000 are read"


def test_a_phrase_that_no_list_can_hold_is_refused_once() -> None:
    with pytest.raises(PatientError) as caught:
        read_sentence("xyzq " * 60)

    assert len(caught.value.faults) == 1
    assert "longer than 200 characters; put commas between its parts" in str(caught.value)


def test_only_text_is_read() -> None:
    with pytest.raises(ArgumentError):
        read_sentence(62)  # type: ignore[arg-type]


def test_the_words_of_a_command_line_are_read_as_one_text() -> None:
    assert read_sentence(["woman", "62,", "asthma"]) == read_sentence("woman 62, asthma")


WRITTEN = [
    ("nothing else, takes aspirin, 62", "62, takes aspirin, nothing else"),
    ("canfora", "camphor oil"),
    ("medicines: asthma pump xyz", "medicines: asthma pump xyz"),
    ("eczema there, allergic to aspirin, ж", "female, eczema, allergic to aspirin"),
    ("mother, не знаю", "mother, не знаю?"),
]


@pytest.mark.parametrize(("words", "written"), WRITTEN)
def test_a_sentence_is_written_in_words_that_are_read_alike(words: str, written: str) -> None:
    found = read_sentence(words)

    assert in_words(found.patient, found.remedies) == written
    assert read_sentence(written) == found


def test_what_is_not_understood_lets_nothing_else_close_no_list() -> None:
    report = check(read_sentence("man 40, xyzitis, nothing else").patient)

    assert report.closed == ()
    assert report.allowed == ()


def test_words_are_read_with_the_catalogue_that_is_given() -> None:
    shipped = Catalogue.shipped()

    assert read_sentence("finalgon", shipped).remedies == ("finalgon",)


@pytest.mark.parametrize(
    ("words", "topic", "name"),
    [
        ("skin cancer on back", "conditions", "skin cancer"),
        ("рак кожи на спине", "conditions", "рак кожи"),
        ("hives there", "conditions", "hives"),
        ("skin graft on the back", "conditions", "skin graft"),
    ],
)
def test_what_is_there_and_no_name_of_the_skin_keeps_the_skin_open(words: str, topic: Topic, name: str) -> None:
    patient = read_sentence(f"{words}, nothing else").patient

    assert patient.answers(topic).yes == (name,)
    assert "skin" not in {closed.topic for closed in check(patient).closed}


def test_pain_where_it_would_go_says_nothing_of_the_skin() -> None:
    patient = read_sentence("pain on my back, nothing else").patient

    assert patient.skin.yes == ()
    assert "skin" in {closed.topic for closed in check(patient).closed}


@pytest.mark.parametrize("word", ["bruises elsewhere", "pain on day 3", "strong pain on day 3", "онемели ноги"])
def test_a_sign_is_never_overlooked_for_a_name_that_no_rule_looks_at(word: str) -> None:
    assert check(read_sentence(f"man 34, {word}, nothing else").patient).refer
    assert check(Patient(conditions=[word])).refer


@pytest.mark.parametrize("words", ["муж 52", "муж, 52", "52, муж."])
def test_a_man_is_not_taken_for_somebody_s_husband(words: str) -> None:
    patient = read_sentence(words).patient

    assert (patient.sex, patient.age and patient.age.years) == ("male", 52)


def test_what_is_not_there_is_not_read_as_being_there() -> None:
    assert read_sentence("psoriasis on elbows not on the back").asked_back[0].why == "scope"


def test_a_normal_temperature_is_no_fever() -> None:
    assert not check(read_sentence("man 34, temp 36.6").patient).refer
    assert check(read_sentence("man 34, temp 38.6").patient).refer
