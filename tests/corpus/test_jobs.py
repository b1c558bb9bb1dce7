from __future__ import annotations

import os
import subprocess
import sys

from cleaner.corpus.jobs import processes_for
from tests.support import unmeasured


def test_a_further_process_must_be_worth_it() -> None:
    assert processes_for(0) == processes_for(8 << 20) == 1
    assert 1 <= processes_for(1 << 40) <= (os.cpu_count() or 1)


def test_what_processes_stand_on_is_left_alone_where_one_is_enough() -> None:
    told = "import sys, cleaner.cli.carry; print(*{'concurrent.futures', 'multiprocessing'} & sys.modules.keys())"

    line = [sys.executable, "-c", told]

    assert subprocess.run(line, env=unmeasured(), check=True, capture_output=True).stdout == b"\n"
