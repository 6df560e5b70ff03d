"""Who was let in: what each clause says about entry, and for whom."""
