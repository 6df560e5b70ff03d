"""Sources: files of every supported format in, typed publications out; nothing lost silently."""
