"""Sources: files of every supported format in, typed publications out; nothing lost silently.

`files` is the door, `formats` the list of what can be read, `parse` the step from a raw record
to a publication. Behind them: `opening` (compression, archives, encodings), `cutting` (a file
into records), `values` (names, dates, licences), and the formats themselves in `jats`,
`medline`, `managers`, `json_lines` and `plain_text`.
"""
