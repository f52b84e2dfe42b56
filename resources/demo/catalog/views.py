from django.db.models import Q
from django.shortcuts import get_object_or_404, render

from catalog.models import Author, Book, Category


def book_list(request, category=None):
    books = Book.objects.select_related("author", "category")
    chosen = get_object_or_404(Category, slug=category) if category else None
    if chosen:
        books = books.filter(category=chosen)
    return render(
        request,
        "catalog/list.html",
        {"books": books, "categories": Category.objects.all(), "chosen": chosen},
    )


def book(request, slug):
    found = get_object_or_404(Book.objects.select_related("author", "category"), slug=slug)
    others = found.author.books.exclude(pk=found.pk)
    return render(request, "catalog/book.html", {"book": found, "others": others})


def author(request, pk):
    found = get_object_or_404(Author, pk=pk)
    return render(request, "catalog/author.html", {"author": found, "books": found.books.all()})


def search(request):
    words = request.GET.get("q", "").strip()
    books = Book.objects.none()
    if words:
        books = Book.objects.filter(Q(title__icontains=words) | Q(author__name__icontains=words))
    return render(request, "catalog/search.html", {"words": words, "books": books})
