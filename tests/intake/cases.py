"""All cases of the FHIR reader: those that hold, and those that are left open."""

from intake import (
    cases_allergies,
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
)

OPEN = (
    *cases_illnesses.OPEN,
    *cases_words.OPEN,
    *cases_allergies.OPEN,
    *cases_medicines.OPEN,
    *cases_person.OPEN,
    *cases_forms.OPEN,
    *cases_records.OPEN,
)
"""Read in the most careful way; the remark of each says why it is open."""
