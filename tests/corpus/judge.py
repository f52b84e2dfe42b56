"""Django's own verdicts on templates. Runs in the project's environment, in a process of its own.

Started as `python judge.py ROOT SETTINGS`, it answers one JSON request a line on stdin with one JSON reply a line.
Nothing is rendered; nothing is written, not even bytecode.

    {"do": "list"}                              every file that the engine's loaders list
    {"do": "compile", "name", "path", "text"}   Template() in the project's engine; without "text" the file is read
    {"do": "load", "name"}                      get_template(), or the renderer of forms, which has folders of its own;
                                                with "beside", what `extends` in that file would load
"""

import json
import os
import sys
from pathlib import Path

sys.dont_write_bytecode = True


def project_engine():
    from django.template import engines
    from django.template.backends.django import DjangoTemplates

    engine = next(backend for backend in engines.all() if isinstance(backend, DjangoTemplates)).engine
    engine.debug = True
    return engine


def plain_loaders(loaders):
    """The loaders that list folders, out of the cached loader if they are in one."""
    for loader in loaders:
        yield from plain_loaders(loader.loaders) if hasattr(loader, "loaders") else [loader]


def list_templates(engine):
    templates = []
    for loader in plain_loaders(engine.template_loaders):
        for folder in map(Path, loader.get_dirs()):
            for file in sorted(folder.rglob("*")):
                if file.is_file():
                    templates.append({"name": file.relative_to(folder).as_posix(), "path": str(file), "folder": str(folder)})
    return templates


def literal_references(template):
    """The names that extends and include give as literals, with the line of the tag."""
    from django.template.loader_tags import ExtendsNode, IncludeNode

    references = []
    for node in template.nodelist.get_nodes_by_type((ExtendsNode, IncludeNode)):
        target = node.parent_name if isinstance(node, ExtendsNode) else node.template
        if isinstance(target.var, str) and not target.filters:
            references.append({"name": target.var, "line": node.token.lineno})
    return references


def open_tags(error):
    """Lines of the tags that were open when `error` was raised, innermost last, the blamed one included."""
    from django.template.base import Parser

    trace, parser = error.__traceback__, None
    while trace:
        parser = next((value for value in trace.tb_frame.f_locals.values() if isinstance(value, Parser)), parser)
        trace = trace.tb_next
    return [token.lineno for _, token in parser.command_stack] if parser else []


def compile_template(engine, request):
    from django.template import Origin, Template

    origin = Origin(name=request["path"], template_name=request["name"])
    try:
        text = request.get("text")
        if text is None:
            text = Path(request["path"]).read_text(encoding=engine.file_charset)
        template = Template(text, origin=origin, name=request["name"], engine=engine)
    except Exception as error:  # A tag's own function may raise anything; all of it means "rejected".
        token = getattr(error, "token", None)
        return {
            "accepted": False,
            "error": type(error).__name__,
            "message": getattr(error, "raw_error_message", None) or str(error),
            "line": token.lineno if token else None,
            "open": open_tags(error),
        }
    return {"accepted": True, "references": literal_references(template)}


def load_beside(engine, request):
    """As ExtendsNode.find_template() does: a template does not extend itself."""
    from django.template import Origin, TemplateDoesNotExist

    skip = [
        Origin(name=request["beside"], template_name=request["name"], loader=loader)
        for loader in plain_loaders(engine.template_loaders)
    ]
    for loader in plain_loaders(engine.template_loaders):
        try:
            loader.get_template(request["name"], skip=skip)
            return {"loads": True}
        except TemplateDoesNotExist:
            pass
    return {"loads": False}


def load_template(engine, request):
    from django.forms.renderers import get_default_renderer
    from django.template import TemplateDoesNotExist

    for get_template in (engine.get_template, get_default_renderer().get_template):
        try:
            get_template(request["name"])
            return {"loads": True}
        except TemplateDoesNotExist:
            pass
        except Exception:
            return {"loads": True}  # It was found, and is wrong inside: another claim than "missing".
    return {"loads": False}


def answer(engine, request):
    if request["do"] == "list":
        return list_templates(engine)
    if "beside" in request:
        return load_beside(engine, request)
    return {"compile": compile_template, "load": load_template}[request["do"]](engine, request)


def main():
    root, settings = sys.argv[1:]
    os.chdir(root)
    sys.path[0] = root
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    replies, sys.stdout = sys.stdout, sys.stderr  # A project may print; replies keep their own pipe.
    import django

    django.setup()
    engine = project_engine()
    for line in sys.stdin:
        print(json.dumps(answer(engine, json.loads(line))), file=replies, flush=True)


if __name__ == "__main__":
    main()
