"""Other people's formats to patients, and verdicts to theirs."""
