"""Other people's formats: theirs to a patient, a verdict to theirs."""
