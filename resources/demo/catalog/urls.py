from django.urls import path

from catalog import views

app_name = "catalog"

urlpatterns = [
    path("", views.book_list, name="list"),
    path("category/<slug:category>/", views.book_list, name="category"),
    path("book/<slug:slug>/", views.book, name="book"),
    path("author/<int:pk>/", views.author, name="author"),
    path("search/", views.search, name="search"),
]
