"""What leaves and what comes in: FHIR R4B, the person's own export, the export for research."""
