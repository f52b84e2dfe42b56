"""Django's verdicts on made-up projects: started as `python judge_main.py`, with the Python of one environment.

Each project is judged in a fork, so that nothing of it is left behind. On stdin comes one JSON object a line, on stdout
goes one answer a line.

    {"do": "judge", "manage": PATH, "variables": {…}}    what Django says of every template of the project
    {"do": "load", "engine": N, "name": NAME}            whether engine N finds a template, in the same project
    {"do": "end"}                                        the project is done with
"""

import importlib
import json
import os
import runpy
import sys
import traceback

sys.dont_write_bytecode = True

# What every project needs, so that the forks have it already.
_READ_ONCE = ["django.core.management", "django.template.backends.django", "django.template.loader", "django.forms"]
_READ_ONCE += ["django.template.loaders.app_directories", "django.template.loaders.cached"]


def send(reply, out):
    out.write(json.dumps(reply) + "\n")
    out.flush()


def plain_loaders(loaders):
    """The loaders that know folders, out of the cached loader if they are in one."""
    for loader in loaders:
        yield from plain_loaders(loader.loaders) if hasattr(loader, "loaders") else [loader]


def folders_of(backend):
    """The folders in which a backend looks."""
    engine = getattr(backend, "engine", None)
    if engine is None:
        return [str(folder) for folder in backend.template_dirs]
    folders = []
    for loader in plain_loaders(engine.template_loaders):
        if hasattr(loader, "get_dirs"):
            folders += [str(folder) for folder in loader.get_dirs()]
    return folders


def files_below(folder):
    """(name, path) of every file. Through a link to a folder around itself Django would find any file by endless names,
    which nobody means."""
    for at, folders, files in os.walk(folder, followlinks=True):
        own = os.path.realpath(at)
        folders[:] = [name for name in folders if not f"{own}/{name}".startswith(os.path.realpath(f"{at}/{name}") + "/")]
        for file in sorted(files):
            path = os.path.join(at, file)
            yield os.path.relpath(path, folder), path


def open_tags(error):
    """Lines of the tags that were open when `error` was raised, innermost last, the blamed one included."""
    from django.template.base import Parser

    trace, parser = error.__traceback__, None
    while trace:
        parser = next((value for value in trace.tb_frame.f_locals.values() if isinstance(value, Parser)), parser)
        trace = trace.tb_next
    return [token.lineno for _, token in parser.command_stack] if parser else []


def refusal(error):
    token = getattr(error, "token", None)
    return {
        "accepted": False,
        "message": f"{type(error).__name__}: {getattr(error, 'raw_error_message', None) or error}",
        "line": token.lineno if token else None,
        "open": open_tags(error),
    }


def first_engine(backends, name):
    """(index of the engine that answers for a name, the template or None, the error or None)."""
    from django.template import TemplateDoesNotExist

    for index, backend in enumerate(backends):
        try:
            return index, backend.get_template(name), None
        except TemplateDoesNotExist:
            continue
        except Exception as error:  # A tag's own function may raise anything; all of it means "refused".
            return index, None, error
    return None, None, None


def judge_file(backends, lister, name, path):
    """What becomes of one file under one of its names."""
    from django.template import Origin, Template

    index, template, error = first_engine(backends, name)
    origin = getattr(getattr(template, "origin", None), "name", None)
    served = error or origin is None or os.path.realpath(str(origin)) == os.path.realpath(path)
    if index is None or not served:
        index, template = lister, None  # Another file goes before it: the engine that lists it compiles its text.
    if not hasattr(backends[index], "engine"):
        return {"engine": index, "other": True, "accepted": True}
    if template is not None:
        return {"engine": index, "other": False, "accepted": True}
    engine = backends[index].engine
    try:
        with open(path, encoding=engine.file_charset) as file:
            Template(file.read(), origin=Origin(name=path, template_name=name), name=name, engine=engine)
    except Exception as error:  # As above.
        return {"engine": index, "other": False, **refusal(error)}
    return {"engine": index, "other": False, "accepted": True}


def judge(out):
    """Answers for the project whose manage.py has just handed over to Django."""
    import django
    from django.template import TemplateDoesNotExist, engines

    django.setup()
    backends = engines.all()
    for backend in backends:
        if hasattr(backend, "engine"):
            backend.engine.debug = True
    files = []
    for index, backend in enumerate(backends):
        for folder in dict.fromkeys(folders_of(backend)):
            for name, path in files_below(folder):
                verdict = judge_file(backends, index, name, path)
                files.append({"name": name, "path": os.path.realpath(path), **verdict})
    send({"ok": True, "version": django.get_version(), "files": files}, out)
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "end":
            send({}, out)  # Only then comes the next project, so that nobody reads what another should.
            return
        loads = True
        try:
            backends[request["engine"]].get_template(request["name"])
        except TemplateDoesNotExist:
            loads = False
        except Exception:
            pass  # It was found, and is wrong inside: another claim than "missing".
        send({"loads": loads}, out)


def run_project(request, out):
    """In the fork: starts the project as its manage.py does, up to where Django would run a command."""
    import django.core.management

    manage = request["manage"]
    os.environ.update(request["variables"])
    os.chdir(os.path.dirname(manage))
    sys.path[0] = os.path.dirname(manage)
    sys.argv = ["manage.py", "check"]
    django.core.management.execute_from_command_line = lambda *_: judge(out)
    try:
        runpy.run_path(manage, run_name="__main__")
    except BaseException:  # Also what a project's own sys.exit() raises.
        send({"ok": False, "error": traceback.format_exc()}, out)


def main():
    for module in _READ_ONCE:
        importlib.import_module(module)
    out, sys.stdout = sys.stdout, sys.stderr  # A project may print; replies keep their own pipe.
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            run_project(request, out)
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
