"""Names, dates, languages, licences, kinds and registrations, brought to one form each."""
