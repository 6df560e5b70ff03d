"""The rules that readings rest on, typed: a module for each kind of file in `data/reading`."""
