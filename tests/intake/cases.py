"""All cases of the FHIR reader: those that are read, and those that are refused."""

from intake import (
    cases_allergies,
    cases_edges,
    cases_forms,
    cases_illnesses,
    cases_medicines,
    cases_person,
    cases_records,
    cases_words,
)

CASES = (
    *cases_illnesses.ILLNESSES,
    *cases_words.WORDS,
    *cases_allergies.ALLERGY_CASES,
    *cases_medicines.MEDICINE_CASES,
    *cases_person.PERSON,
    *cases_forms.FORM_CASES,
    *cases_records.RECORDS,
    *cases_edges.EDGES,
)

READ = tuple(case for case in CASES if not case.error)

REFUSED = tuple(case for case in CASES if case.error)
