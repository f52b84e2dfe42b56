"""Tags and filters for books, in each of the ways Django has to register one."""

from django import template
from django.utils.html import format_html

register = template.Library()


@register.filter
def money(amount, currency="€"):
    """The amount with two digits and its currency."""
    return f"{amount:.2f} {currency}"


@register.filter(name="years_since")
def age(year, now):
    return now - year if year else ""


@register.simple_tag
def cover(book, size="small"):
    return format_html('<span class="cover {}" title="{}">{}</span>', size, book.title, book.title[:1])


@register.inclusion_tag("catalog/tags/stars.html")
def stars(rating):
    return {"full": range(rating), "empty": range(5 - rating)}


class ShelfNode(template.Node):
    """A titled row of books; the part after {% bare %} is shown when there is none."""

    def __init__(self, title, books, filled, bare):
        self.title = title
        self.books = books
        self.filled = filled
        self.bare = bare

    def render(self, context):
        books = self.books.resolve(context)
        if not books:
            return self.bare.render(context)
        with context.push(shelf=books):
            inner = self.filled.render(context)
        return format_html('<section class="shelf"><h2>{}</h2>', self.title.resolve(context)) + inner + "</section>"


@register.tag
def shelf(parser, token):
    """{% shelf "New" books %}…{% bare %}…{% endshelf %}; the books are called `shelf` inside."""
    bits = token.split_contents()
    if len(bits) != 3:
        raise template.TemplateSyntaxError("shelf takes a title and a list of books")
    title = parser.compile_filter(bits[1])
    books = parser.compile_filter(bits[2])
    filled = parser.parse(("bare", "endshelf"))
    bare = template.NodeList()
    if parser.next_token().contents == "bare":
        bare = parser.parse(("endshelf",))
        parser.delete_first_token()
    return ShelfNode(title, books, filled, bare)
