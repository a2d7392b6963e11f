"""Other people's formats: theirs → patient, verdict → theirs."""
