"""List the Welsh that is missing or stale, or note that it is done."""

import json
import sys

from tests.words.translations import (
    SOURCES,
    english,
    faults_of,
    hashes_of,
    known_hashes,
    welsh_texts,
)

source, said = english(), welsh_texts()
if "done" in sys.argv:
    SOURCES.write_text(json.dumps(hashes_of(source, said), indent=1) + "\n", "utf-8")
faults = faults_of(source, said, known_hashes())
print("\n".join(faults) or "Every text stands in Welsh.")
