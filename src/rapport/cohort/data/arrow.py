"""The one border to pyarrow, which has no types of its own."""

from typing import Any, cast

import pyarrow
import pyarrow.compute
import pyarrow.csv
import pyarrow.parquet

arrow = cast(Any, pyarrow)
compute = cast(Any, pyarrow.compute)
csv_files = cast(Any, pyarrow.csv)
parquet_files = cast(Any, pyarrow.parquet)
