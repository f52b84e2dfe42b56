"""`all`: the packages of packages.tsv, each judged in a project of its own that installs its apps."""

import csv
import importlib.metadata
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import first
import projects
from program import check
from projects import HERE, Project
from verdicts import Judge

_LEAST = HERE / "judged.txt"  # How many packages Django judged so far.
_CONTRIB = ["admin", "auth", "contenttypes", "flatpages", "humanize", "messages", "sessions", "sites", "staticfiles"]

_MANAGE = """import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
    execute_from_command_line(sys.argv)
"""
_SETTINGS = """SECRET_KEY = "for the tests"
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1
STATIC_URL = "/static/"
ROOT_URLCONF = "urls"
INSTALLED_APPS = [
{apps}]
TEMPLATES = [
    {{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {{"context_processors": ["django.template.context_processors.request"]}},
    }}
]
{more}"""
# What some packages ask of the settings.
_MORE = {
    "django-cms": 'LANGUAGES = [("en", "English")]\nLANGUAGE_CODE = "en"\nCMS_CONFIRM_VERSION4 = True\n',
    "djangocms-frontend": 'LANGUAGES = [("en", "English")]\nLANGUAGE_CODE = "en"\nCMS_CONFIRM_VERSION4 = True\n',
    "wagtailmedia": 'WAGTAIL_SITE_NAME = "x"\n',
    "django-allauth": 'MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]\n',
    "django-ckeditor": 'CKEDITOR_UPLOAD_PATH = "uploads/"\n',
    "django-compressor": 'STATIC_ROOT = "/nonexistent"\n',
    "django-haystack": 'HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}\n',
    "django-pipeline": "PIPELINE = {}\n",
    "dj-stripe": 'DJSTRIPE_FOREIGN_KEY_TO_FIELD = "id"\n',
}


@dataclass(frozen=True)
class Package:
    name: str
    version: str
    environment: str  # "all" or "more", one of the three projects, or "alone" for one that Django does not judge.
    apps: str  # Those that its project installs, with commas.


def packages():
    with open(HERE / "packages.tsv", encoding="utf-8") as file:
        return [Package(row["name"], row["version"], row["environment"], row["apps"]) for row in csv.DictReader(file, delimiter="\t")]


def _line(package, report, judged, rejected):
    print(
        f"{package.name} {package.version}: {report.templates} templates, {judged} judged, {rejected} rejected, "
        f"{len(report.findings)} findings; {report.seconds:.2f} s, {report.mebibytes:.0f} MiB",
        flush=True,
    )


def _show(package, report, judged, result):
    _line(package, report, judged, result.rejected)
    for failure in result.failures:
        print(f"  FAILED {failure}")
    return result.failures


def _environment(name):
    return Path(os.environ[f"NUAGES_CORPUS_{name}"])


def _own_files(package, site_packages):
    """The real paths of what a package brings. Raises SystemExit if another version is installed."""
    (distribution,) = importlib.metadata.distributions(name=package.name, path=[str(site_packages)])
    if distribution.version != package.version:
        raise SystemExit(f"corpus: requirements/ and packages.tsv disagree about the version of {package.name}")
    return {os.path.realpath(file.locate()) for file in distribution.files or ()}


def _project(package, folder, environment):
    """A project that installs the apps of a package."""
    (site_packages,) = environment.glob("lib/python3.*/site-packages")
    apps = [f"django.contrib.{app}" for app in _CONTRIB] + package.apps.split(",")
    lines = "".join(f'    "{app}",\n' for app in apps)
    (folder / "manage.py").write_text(_MANAGE)
    (folder / "urls.py").write_text("urlpatterns = []\n")
    (folder / "settings.py").write_text(_SETTINGS.format(apps=lines, more=_MORE.get(package.name, "")))
    return Project(package.name, folder, "settings", environment, site_packages)


def _judge(package, environment):
    """(the report, how many templates Django judged, failures)."""
    with tempfile.TemporaryDirectory(prefix="corpus-") as name:
        project = _project(package, Path(os.path.realpath(name)), environment)
        own = _own_files(package, project.site_packages)
        with Judge(project) as judge:
            templates = [template for template in judge.templates() if os.path.realpath(template.path) in own]
            report = check(project, sorted({template.folder for template in templates}))
            result = first.Comparison(judge, templates, report, least=0)
        return report, len(templates), _show(package, report, len(templates), result)


def _alone(package, environment):
    """A package whose dependencies are not installed: its templates are checked, and nobody judges."""
    folder = environment / "alone" / package.name
    project = Project(package.name, folder, None, environment, folder)
    report = check(project, [])
    _line(package, report, 0, 0)
    return report


def run(names):
    """Prints a line for each package and the sum; returns whether nothing failed."""
    passed, judged, templates, verdicts, seconds, most = True, 0, 0, 0, 0.0, 0.0
    chosen = [package for package in packages() if not names or package.name in names]
    for package in chosen:
        try:
            if package.environment == "alone":
                report, count, failures = _alone(package, _environment("all")), 0, []
            elif package.environment in projects.NAMES:
                report, count, result = first.compare(projects.project(package.environment))
                failures = _show(package, report, count, result)
            else:
                report, count, failures = _judge(package, _environment(package.environment))
        except SystemExit as reason:  # Django could not start, or did not answer.
            print(f"  FAILED {package.name}: {reason}", flush=True)
            passed = False
            continue
        judged += count > 0
        templates += report.templates
        verdicts += count
        seconds += report.seconds
        most = max(most, report.mebibytes)
        passed = passed and not failures
    print(
        f"{len(chosen)} packages, templates of {judged} of them judged by Django: {templates} templates, {verdicts} judged; "
        f"{seconds:.1f} s, at most {most:.0f} MiB"
    )
    if not names and judged < int(_LEAST.read_text()):
        print(f"FAILED fewer packages are judged than before, which were {_LEAST.read_text().strip()}")
        passed = False
    return passed
