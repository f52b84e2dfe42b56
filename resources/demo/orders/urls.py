from django.urls import path

from orders import views

app_name = "orders"

urlpatterns = [
    path("cart/", views.cart, name="cart"),
    path("cart/add/<slug:slug>/", views.add, name="add"),
    path("checkout/", views.checkout, name="checkout"),
]
