from django.contrib import admin

from catalog.models import Author, Book, Category


@admin.register(Book)
class BookAdmin(admin.ModelAdmin):
    list_display = ["title", "author", "category", "price", "in_stock"]
    list_filter = ["category"]
    prepopulated_fields = {"slug": ["title"]}


admin.site.register([Author, Category])
