"""The pictures of the pages, and the command that takes them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PICTURES = ["counter", "outcome", "plan", "question"]


def test_the_page_on_the_page_shows_every_picture_that_there_is() -> None:
    shown = re.findall(r"!\[[^\]]+\]\(images/(\w+)\.png\)", (DOCS / "page.md").read_text("utf-8"))
    assert sorted(shown) == PICTURES == sorted(path.stem for path in (DOCS / "images").glob("*.png"))


@pytest.mark.browser
def test_the_command_takes_every_picture(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, DOCS / "screenshots.py", tmp_path], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    sizes = {path.stem: path.read_bytes()[16:24] for path in tmp_path.glob("*.png")}
    assert {name: (int.from_bytes(size[:4]), int.from_bytes(size[4:])) for name, size in sizes.items()} == {
        "counter": (1366, 768),
        "plan": (1366, 768),
        "question": (390, 844),
        "outcome": (390, 844),
    }
