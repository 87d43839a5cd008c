from dataclasses import fields

from kryds.reader.settings import DEFAULT


def test_looking_far_changes_only_how_far_is_looked() -> None:
    far = DEFAULT.looking_far()
    changed = {field.name for field in fields(far) if getattr(far, field.name) != getattr(DEFAULT, field.name)}

    assert changed == {"fiducials_wanted", "patch_radius_mm", "snap_range_mm"}
    assert (far.patch_radius_mm, far.snap_range_mm) == (DEFAULT.far_radius_mm, DEFAULT.far_range_mm)
