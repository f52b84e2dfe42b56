"""The cart of a visitor: book numbers and amounts in the session."""

from dataclasses import dataclass

from catalog.models import Book


@dataclass
class Line:
    book: Book
    amount: int

    @property
    def total(self):
        return self.book.price * self.amount


def lines(session):
    amounts = session.get("cart", {})
    books = Book.objects.filter(pk__in=amounts)
    return [Line(book, amounts[str(book.pk)]) for book in books]


def add(session, book):
    amounts = session.setdefault("cart", {})
    amounts[str(book.pk)] = amounts.get(str(book.pk), 0) + 1
    session.modified = True


def clear(session):
    session.pop("cart", None)
