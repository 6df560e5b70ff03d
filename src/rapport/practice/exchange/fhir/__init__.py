"""FHIR R4B at the edge: typed records to resources and back, every resource checked both ways.

Resources are plain JSON inside this package; `border` alone knows the library that checks them.
"""
