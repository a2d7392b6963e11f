"""What is written: topics, facts and words, clauses, records, derived rules, lint, the compiled rulebook."""
