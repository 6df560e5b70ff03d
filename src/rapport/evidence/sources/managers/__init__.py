"""What reference managers and library databases export; all fill one `LooseRecord`."""
