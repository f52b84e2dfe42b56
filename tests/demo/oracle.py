"""Lets Django judge the demo shop, in a process of the test.

    python3 oracle.py DEMO rejected    prints the template names that Django refuses to load, one a line, sorted
    python3 oracle.py DEMO pages       renders the pages of the site with the test client, prints "N pages"

Writes nothing into DEMO: bytecode is off, and the database of the pages is in memory.
"""

import os
import sys
from pathlib import Path

sys.dont_write_bytecode = True


def template_names(engine):
    """Every name that the engine's loaders list, sorted; a name found twice is listed once."""
    folders = [Path(folder) for loader in engine.template_loaders for folder in loader.get_dirs()]
    demo = Path(os.getcwd())
    return sorted(
        {
            str(file.relative_to(folder))
            for folder in folders
            if demo in folder.parents
            for file in folder.rglob("*")
            if file.is_file()
        }
    )


def is_rejected(engine, name):
    """Whether the template `name`, or one it extends or includes by a literal name, cannot be loaded."""
    from django.template.loader_tags import ExtendsNode, IncludeNode

    try:
        template = engine.get_template(name)
        for node in template.nodelist.get_nodes_by_type((ExtendsNode, IncludeNode)):
            target = node.parent_name if isinstance(node, ExtendsNode) else node.template
            if isinstance(target.var, str) and not target.filters:
                engine.get_template(target.var)
    except Exception as error:  # A tag's own function may raise anything.
        print(f"{name}: {error}", file=sys.stderr)
        return True
    return False


def print_rejected():
    from django.template import engines

    engine = engines["django"].engine
    for name in template_names(engine):
        if is_rejected(engine, name):
            print(name)


def visit(client, path, method="get", status=200):
    response = getattr(client, method)(path)
    if response.status_code != status:
        sys.exit(f"{path}: status {response.status_code}, expected {status}")
    return response.content.decode()


def print_pages():
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import setup_test_environment

    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    call_command("loaddata", "books", verbosity=0)
    reader = get_user_model().objects.create_user("reader")
    client = Client()
    client.force_login(reader)

    visit(client, "/cart/add/reed-and-heron/", "post", 302)
    pages = {
        "/": "A Map of Small Clouds",
        "/category/nature/": "Nature",
        "/book/reed-and-heron/": "It is in your cart.",
        "/author/1/": "The Ferry at Low Water",
        "/search/?q=ferry": "The Ferry at Low Water",
        "/cart/": "Together 22.00",
        "/checkout/": "Buy it",
        "/me/": "You have not ordered yet.",
        "/me/login/": "Log in",
        "/about/": "{{ price }}",
    }
    for path, text in pages.items():
        if text not in visit(client, path):
            sys.exit(f"{path}: does not say {text!r}")
    visit(client, "/checkout/", "post", 302)
    if "1 copy of Reed and Heron at 22.00" not in visit(client, "/me/"):
        sys.exit("/me/: the receipt is missing")
    print(f"{len(pages)} pages")


if __name__ == "__main__":
    os.chdir(sys.argv[1])
    sys.path.insert(0, os.getcwd())
    os.environ["DJANGO_SETTINGS_MODULE"] = "bookshop.settings"
    import django

    django.setup()
    {"rejected": print_rejected, "pages": print_pages}[sys.argv[2]]()
