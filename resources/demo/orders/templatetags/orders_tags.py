from django import template
from django.template.defaultfilters import pluralize

register = template.Library()


@register.inclusion_tag("orders/tags/cart_summary.html", takes_context=True)
def cart_summary(context, label="Cart"):
    return {"label": label, "amount": sum(line.amount for line in context.get("cart_lines", []))}


@register.simple_tag(takes_context=True, name="cart_has")
def in_cart(context, book):
    return any(line.book == book for line in context.get("cart_lines", []))


@register.filter
def copies(amount):
    """ "1 copy", "3 copies"."""
    return f"{amount} cop{pluralize(amount, 'y,ies')}"
