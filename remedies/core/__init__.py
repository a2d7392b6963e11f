"""Yes, no and unknown; faults; strict JSON; the frozen model. Knows nothing of remedies."""
