"""What is kept of patients: sealed records, who belongs to which clinic, links and devices."""
