"""So that the project is found the ordinary way: this file names the settings."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contrib_settings")
    execute_from_command_line(sys.argv)
