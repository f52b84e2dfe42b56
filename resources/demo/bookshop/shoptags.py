"""The library "shop": installed by OPTIONS["libraries"] in the settings, not by an app."""

from django import template

register = template.Library()

OPENING_HOURS = {"weekdays": "10–19", "saturday": "10–16"}


@register.simple_tag
def opening_hours(day="weekdays"):
    return OPENING_HOURS.get(day, "closed")


def initials(name):
    """The first letters of a name: "Ada Lovelace" gives "AL"."""
    return "".join(word[0] for word in str(name).split())


register.filter("initials", initials)
