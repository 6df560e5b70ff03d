"""How the SPSS and Stata files of this folder were made from its CSV file, a made-up cohort.

    python tests/cohort/files/make.py

Needs pandas, which nothing else here does: pyreadstat writes its data frames alone. The SPSS file
declares 999 as missing, the Stata file has missing values of its own; both have labels of columns
and of values, and a date that no plan uses.
"""

from pathlib import Path

import pandas
import pyreadstat

FOLDER = Path(__file__).parent
LABELS = {
    "tired_t0": "Tiredness, first time",
    "sex": "Sex as written in the file",
    "seen": "Day of the first visit",
}
SEX = {1: "man", 2: "woman"}


def main():
    frame = pandas.read_csv(FOLDER / "cohort.csv")
    frame["seen"] = pandas.to_datetime(frame["seen"]).dt.date
    labels = [LABELS.get(name) for name in frame.columns]
    words = {"column_labels": labels, "variable_value_labels": {"sex": SEX}}
    pyreadstat.write_dta(frame, str(FOLDER / "cohort.dta"), **words)
    gaps = ["tired_t2", "hope_t1"]
    frame[gaps] = frame[gaps].fillna(999)
    pyreadstat.write_sav(
        frame,
        str(FOLDER / "cohort.sav"),
        missing_ranges={name: [999] for name in gaps},
        row_compress=True,
        **words,
    )


if __name__ == "__main__":
    main()
