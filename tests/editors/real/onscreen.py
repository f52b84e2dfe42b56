"""Reads a window as a screen reader does: onscreen.py NAME prints a line for each thing that the program NAME shows,
its role and its name, indented by depth; with --role ROLE the names of those alone. Over AT-SPI, so the session bus and
the accessibility of the program have to be on."""

import argparse
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402


def applications(name):
    desktop = Atspi.get_desktop(0)
    for at in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(at)
        if application and application.get_name() == name:
            yield application


def shown(accessible, depth=0):
    """The accessible and all below it that are on the screen, with their depths."""
    if not accessible:
        return
    yield accessible, depth
    for at in range(accessible.get_child_count()):
        try:
            yield from shown(accessible.get_child_at_index(at), depth + 1)
        except GLib.Error:
            continue  # It went while it was read.


def main():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("name")
    parser.add_argument("--role")
    arguments = parser.parse_args()
    found = False
    for application in applications(arguments.name):
        found = True
        for accessible, depth in shown(application):
            role, name = accessible.get_role_name(), accessible.get_name()
            if arguments.role is None:
                states = accessible.get_state_set()
                focus = " (focus)" if states.contains(Atspi.StateType.FOCUSED) else ""
                print("  " * depth + f"{role}: {name}{focus}")
            elif role == arguments.role:
                print(name)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
