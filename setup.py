"""Maps the top-level workshops into the one import namespace: installing kryds claims no package named reader."""

from setuptools import find_packages, setup

FOLDERS = ("generator", "reader", "templates", "samples")
packages = ["kryds", *(f"kryds.{folder}" for folder in FOLDERS)]
packages += [f"kryds.{folder}.{package}" for folder in FOLDERS for package in find_packages(folder)]
packages += [f"kryds.{package}" for package in find_packages("kryds", exclude=[*FOLDERS, *(f"{f}.*" for f in FOLDERS)])]
setup(packages=packages, package_dir={"kryds": "kryds", **{f"kryds.{folder}": folder for folder in FOLDERS}})
