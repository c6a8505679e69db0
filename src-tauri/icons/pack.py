"""Packs the drawn sizes of the icon into icon.ico, which Windows wants: python3 icons/pack.py"""

import pathlib
import struct
import subprocess
import tempfile

here = pathlib.Path(__file__).parent
sizes = [16, 32, 48, 256]


def draw(size: int, path: pathlib.Path) -> bytes:
    """Draws icon.svg at one size with rsvg-convert (Debian: librsvg2-bin)."""
    subprocess.run(["rsvg-convert", "-w", str(size), "-o", str(path), str(here / "icon.svg")], check=True)
    return path.read_bytes()


draw(512, here / "icon.png")
with tempfile.TemporaryDirectory() as folder:
    images = [draw(size, pathlib.Path(folder) / f"{size}.png") for size in sizes]
offset = 6 + 16 * len(images)
head = struct.pack("<HHH", 0, 1, len(images))
for size, image in zip(sizes, images):
    head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(image), offset)
    offset += len(image)
(here / "icon.ico").write_bytes(head + b"".join(images))
