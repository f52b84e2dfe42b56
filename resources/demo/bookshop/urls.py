"""Routes of the demo shop; each app brings its own."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView

urlpatterns = [
    path("", include("catalog.urls")),
    path("", include("orders.urls")),
    path("me/", include("accounts.urls")),
    path("about/", TemplateView.as_view(template_name="pages/about.html"), name="about"),
    path("admin/", admin.site.urls),
]
