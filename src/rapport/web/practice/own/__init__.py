"""Coming in, and the pages of one's own: of a patient, a practitioner, and those who keep a clinic."""
