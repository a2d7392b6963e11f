"""Everything that is printed: text, Markdown, HTML, calendar, CSV, JSON schemas."""
