"""The house rules a machine can see; each failure names the offender and the rule."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
WORKSHOPS = ("generator", "reader", "samples", "templates")
FILES = sorted(
    path
    for folder in ("kryds", *WORKSHOPS, "benchmarks", "tests")
    for path in (HOUSE / folder).rglob("*.py")
    if not (folder == "kryds" and path.relative_to(HOUSE).parts[1] in WORKSHOPS)  # links, seen under their own names
)
CODE = [path for path in FILES if path.relative_to(HOUSE).parts[0] not in ("benchmarks", "tests")]

#: Which rooms a room may import; what is not listed (samples, benchmarks, tests) may look at all.
MAY_IMPORT = {
    "model": {"model"},
    "generator": {"model", "generator"},
    "reader": {"model", "reader"},
    "scoring": {"model", "scoring"},
    "templates": set[str](),
}
#: The only files that may import a heavy library, as paths from the house.
ONLY_IN = {
    "cv2": r"(reader|samples|benchmarks|tests)/.*|generator/\w+\.py",
    "reportlab": r"(generator|benchmarks|tests)/.*",
}
#: What a file outside reader/ may use OpenCV for: the coded fiducials, imported where they are drawn.
FIDUCIALS_ONLY = re.compile(r"cv2\.aruco\b")
MAX_LINES = {"benchmarks": 400, "tests": 400}
MAX_FUNCTION_LINES = 60
ATTIC = re.compile(r"(utils?|helpers?|common|misc|managers?|stuff|tools)")


def room_of(path: Path) -> str:
    parts = path.relative_to(HOUSE).parts
    return parts[1] if parts[0] == "kryds" and len(parts) > 2 else parts[0]


def module_of(path: Path) -> str:
    parts = path.relative_to(HOUSE).with_suffix("").parts
    parts = ("kryds", *parts) if parts[0] in WORKSHOPS else parts
    return ".".join(part for part in parts if part != "__init__")


def name_of(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_imported(path: Path) -> set[str]:
    return {module.split(".")[1] for module in imports_of(path) if module.startswith("kryds.")}


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_a_room_imports_only_the_rooms_it_may_know(path: Path) -> None:
    allowed = MAY_IMPORT.get(room_of(path))
    strangers = set[str]() if allowed is None else rooms_imported(path) - allowed

    assert not strangers, f"{name_of(path)} imports {strangers}; {room_of(path)} may know {allowed} only"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_heavy_libraries_stay_in_their_rooms(path: Path) -> None:
    tops = {module.split(".")[0] for module in imports_of(path)}
    strangers = [
        library for library, rooms in ONLY_IN.items() if library in tops and not re.fullmatch(rooms, name_of(path))
    ]

    assert not strangers, f"{name_of(path)} imports {strangers}"


@pytest.mark.parametrize("path", [path for path in CODE if room_of(path) == "generator"], ids=name_of)
def test_the_generator_uses_opencv_for_the_fiducials_and_nothing_else(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    others = {use for use in re.findall(r"cv2\.\w+", text) if not FIDUCIALS_ONLY.fullmatch(use)}

    assert not others, f"{name_of(path)} uses {others}"
    assert not re.search(r"^(import cv2|from cv2)", text, re.MULTILINE), f"{name_of(path)} imports cv2 at the top"


def test_no_module_imports_itself_by_way_of_others() -> None:
    modules = {module_of(path): path for path in CODE}
    graph = {name: {m for m in imports_of(path) if m in modules and m != name} for name, path in modules.items()}
    while leaves := {name for name, known in graph.items() if not known}:
        graph = {name: known - leaves for name, known in graph.items() if name not in leaves}

    assert not graph, f"these import each other in a ring: {sorted(graph)}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_module_is_short_and_named_after_what_it_holds(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    limit = MAX_LINES.get(path.relative_to(HOUSE).parts[0], 300)

    assert lines <= limit, f"{name_of(path)} has {lines} lines; split it, {limit} at most"
    assert not ATTIC.fullmatch(path.stem), f"{name_of(path)}: a helper lives with the noun it serves"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_function_can_be_read_in_one_look(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [f.name for f in functions if f.end_lineno and f.end_lineno - f.lineno >= MAX_FUNCTION_LINES]

    assert not long, f"{name_of(path)}: {long} over {MAX_FUNCTION_LINES} lines"


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_nothing_is_swallowed_and_nothing_is_left_for_later(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    swallowed = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and len(node.body) == 1
        and isinstance(node.body[0], ast.Pass)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
    ]
    changed = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Global)]

    assert not swallowed, f"{name_of(path)}, lines {swallowed}: an error is swallowed"
    assert not changed, f"{name_of(path)}, lines {changed}: global state"
    assert not re.search(r"\b(TODO|FIXME|XXX)\b", text), f"{name_of(path)}: do it, or leave it out"


def does_something(path: Path) -> bool:
    return any(isinstance(node, ast.FunctionDef) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("path", [path for path in CODE if path.stem not in ("__init__", "__main__")], ids=name_of)
def test_a_module_that_does_something_has_its_test_file(path: Path) -> None:
    room = HOUSE / "tests" / room_of(path)
    words = path.stem.split("_")
    # A module split off another, as summary_rows of summary, may share the tests of the whole.
    names = ["_".join(words[:end]) for end in range(len(words), 0, -1)]

    assert not does_something(path) or any(any(room.rglob(f"test_{name}.py")) for name in names), (
        f"{name_of(path)} has no tests/{room_of(path)}/test_{path.stem}.py"
    )
