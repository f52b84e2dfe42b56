"""Prints, as JSON, what Django itself finds: the installed libraries and what each library registers.

Usage: registers.py FOLDER [MODULE...]: FOLDER holds site_settings.py; the modules are libraries beside the installed
ones. Run by tests only: it imports the project.
"""

import json
import os
import sys
from importlib import import_module

sys.path.insert(0, sys.argv[1])
os.environ["DJANGO_SETTINGS_MODULE"] = "site_settings"

import django
from django.template.backends.django import get_installed_libraries

django.setup()
installed = get_installed_libraries()
libraries = {}
failed = {}
for module in sorted(set(installed.values()) | set(sys.argv[2:])):
    try:
        register = import_module(module).register
    except Exception as error:
        failed[module] = repr(error)
        continue
    libraries[module] = {"tags": sorted(register.tags), "filters": sorted(register.filters)}
json.dump(
    {
        "packages": os.path.dirname(os.path.dirname(django.__file__)),
        "version": django.get_version(),
        "installed": installed,
        "libraries": libraries,
        "failed": failed,
    },
    sys.stdout,
)
