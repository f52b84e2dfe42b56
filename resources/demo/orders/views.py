from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from catalog.models import Book
from orders import cart as carts
from orders.models import Order, OrderLine


def cart(request):
    return render(request, "orders/cart.html")


@require_POST
def add(request, slug):
    book = get_object_or_404(Book, slug=slug)
    carts.add(request.session, book)
    messages.success(request, f"{book} is in your cart.")
    return redirect("orders:cart")


@login_required
def checkout(request):
    if request.method != "POST":
        return render(request, "orders/checkout.html")
    order = Order.objects.create(buyer=request.user, note=request.POST.get("note", ""))
    for line in carts.lines(request.session):
        OrderLine.objects.create(order=order, book=line.book, amount=line.amount, price=line.book.price)
    carts.clear(request.session)
    messages.info(request, render_to_string("orders/receipt.txt", {"order": order}))
    return redirect("accounts:me")
