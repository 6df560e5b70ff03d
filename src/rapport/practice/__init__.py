"""The practice wing: where two people are stuck, what to do next, and who shares the work.

The model of Stein, Stormorken and Karlsson (2013): six therapeutic challenges, six
patient-centred interventions. Pure: what is kept of people are the typed `records`; the store
keeps them sealed, the web shows them.
"""
