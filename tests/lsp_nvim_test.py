"""Neovim, with its own LSP client, and `longtu lsp` understand each other: diagnostics as one types, a hover, a
definition, a completion by a Chinese name, formatting. Skipped where there is no Neovim."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

WANTED = """\
diagnostic LT2101 80.42
hover **share of provincial GDP** · 地区生产总值占全省比重  `gdp_share`
definition indicators.yaml
completion primary_value_added
formatting true
"""


def main():
    longtu, root = sys.argv[1], pathlib.Path(sys.argv[2])
    nvim = shutil.which("nvim")
    if nvim is None:
        sys.exit(77)
    with tempfile.TemporaryDirectory(prefix="陇图 ") as folder:
        plans = pathlib.Path(folder) / "plans"
        for name in ("gansu", "china"):
            shutil.copytree(root / "plans" / name, plans / name)
        env = {**os.environ, "LONGTU": longtu, "FILE": str(plans / "gansu" / "longdongnan.yaml"), "HOME": folder,
               "XDG_STATE_HOME": folder, "XDG_DATA_HOME": folder, "XDG_CACHE_HOME": folder, "LC_ALL": "C.UTF-8"}
        found = subprocess.run([nvim, "--headless", "--clean", "-c", f"luafile {root}/tests/lsp_nvim.lua"], env=env, timeout=60,
                               capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL)
    assert found.returncode == 0 and found.stdout == WANTED, (found.stdout, found.stderr)


main()
