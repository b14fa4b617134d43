"""What a file that a program wrote holds, by its name."""

from typing import Literal

Content = Literal["model", "reflections", "map", "log", "picture", "other"]

_BY_SUFFIX: dict[str, Content] = {
    **dict.fromkeys((".pdb", ".ent", ".cif", ".mmcif"), "model"),
    ".mtz": "reflections",
    **dict.fromkeys((".ccp4", ".map", ".mrc"), "map"),
    **dict.fromkeys((".log", ".lp", ".out", ".txt", ".html", ".htm"), "log"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif"), "picture"),
}


def content_of(file_name: str) -> Content:
    """`model` of `final.pdb`; `other` where the name does not tell."""
    stem, dot, suffix = file_name.lower().rpartition(".")
    return _BY_SUFFIX.get(dot + suffix, "other") if stem else "other"
