"""Reports, remedies and plans as text, tables, Markdown, HTML, calendar and JSON."""
