"""The three projects, and where their parts are."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Project:
    name: str
    root: Path  # What nuages gets as --project and Django as its import path.
    settings: str  # Dotted name of the settings module.
    environment: Path  # The virtual environment.
    site_packages: Path

    @property
    def python(self):
        return self.environment / "bin" / "python"

    @property
    def settings_file(self):
        return self.root / (self.settings.replace(".", "/") + ".py")

    def moved(self, root, site_packages):
        """The same project in a copied tree. Django keeps judging the original."""
        return replace(self, root=root, site_packages=site_packages)


def project(name):
    environment = Path(os.environ[f"NUAGES_CORPUS_{name}"])
    root, settings = {
        "contrib": (HERE / "projects" / "contrib", "contrib_settings"),
        "oscar": (HERE / "projects" / "oscar", "shop.settings"),
        "wagtail": (environment / "source", "wagtail.test.settings"),
    }[name]
    (site_packages,) = environment.glob("lib/python3.*/site-packages")
    return Project(name, root, settings, environment, site_packages)


NAMES = ["contrib", "oscar", "wagtail"]
