#include "tests/oracle/trace/world.h"

#include <algorithm>
#include <array>
#include <format>
#include <utility>

namespace nuages::oracle {

namespace {

constexpr std::array apps = {"alpha", "beta", "gamma"};
constexpr std::array names = {"a.html", "b.html", "c.html", "parts/d.html", "parts/e.html", "old/f.html"};
constexpr std::array tags = {"t_a", "t_b", "t_c", "t_d"};
constexpr std::array filters = {"f_a", "f_b", "f_c"};

bool isBelow(const std::string &path, const std::string &folder)
{
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

std::string piece(Random &random)
{
    const std::string name = pick(random, names);
    const std::string tag = pick(random, tags);
    const std::string filter = pick(random, filters);
    const std::string app = pick(random, apps);
    switch (random() % 16) {
    case 0:
    case 1:
        return "{% load " + app + "_tags %}";
    case 2:
        return "{% load " + tag + " from " + app + "_tags %}";
    case 3:
    case 4:
        return "{% " + tag + " %}";
    case 5:
        return "{{ x|" + filter + " }}";
    case 6:
    case 7:
        return "{% include \"" + name + "\" %}";
    case 8:
        return "{% extends \"" + name + "\" %}";
    case 9:
        return "{% block " + std::string(1, char('a' + random() % 3)) + " %}{% endblock %}";
    case 10:
        return "{% if x %}";
    case 11:
        return "{% endif %}";
    case 12:
        return "{% for y in x %}{{ y|upper }}{% endfor %}";
    case 13:
        return "{% box %}word{% endbox %}";
    case 14:
        return "{% load i18n nolib %}";
    default:
        return "<p>word</p>\n";
    }
}

} // namespace

void World::takeEffect(trace::Revision revision)
{
    for (; m_inEffect < m_changes.size(); ++m_inEffect)
        m_changes[m_inEffect].revision = revision;
}

std::optional<std::string> World::textAt(const std::string &path, trace::Revision revision) const
{
    std::optional<std::string> disk;
    std::optional<std::string> editor;
    for (const Change &change : m_changes) {
        if (change.revision == 0 || change.revision > revision)
            continue;
        if (change.kind == Change::Kind::Remove && (change.path == path || isBelow(path, change.path)))
            disk.reset();
        if (change.path != path)
            continue;
        if (change.kind == Change::Kind::Write)
            disk = change.text;
        else if (change.kind == Change::Kind::Open)
            editor = change.text;
        else if (change.kind == Change::Kind::Close)
            editor.reset();
    }
    return editor ? editor : disk;
}

std::map<std::string, std::string> World::openAt(trace::Revision revision) const
{
    std::map<std::string, std::string> open;
    for (const Change &change : m_changes) {
        if (change.revision == 0 || change.revision > revision)
            continue;
        if (change.kind == Change::Kind::Open)
            open[change.path] = change.text;
        else if (change.kind == Change::Kind::Close)
            open.erase(change.path);
    }
    return open;
}

void World::play(source::MemoryFileSystem &disk, trace::Revision revision) const
{
    for (const Change &change : m_changes) {
        if (change.revision == 0 || change.revision > revision)
            continue;
        if (change.kind == Change::Kind::Write)
            disk.write(change.path, change.text);
        else if (change.kind == Change::Kind::Remove)
            disk.remove(change.path);
    }
}

bool World::hasChangedIn(const std::string &path, trace::Revision revision) const
{
    return std::ranges::any_of(m_changes, [&](const Change &change) {
        return change.revision == revision
            && (change.path == path || isBelow(change.path, path) || isBelow(path, change.path));
    });
}

std::map<std::string, std::string> groundWork()
{
    const std::string root = projectRoot;
    const std::string django = "/packages/django/";
    const std::string head = "from django import template\n\nregister = template.Library()\n\n\n";
    std::map<std::string, std::string> files = {
        {root + "/manage.py", "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'conf.settings')\n"},
        {root + "/conf/__init__.py", ""},
        {django + "__init__.py", "VERSION = (5, 2, 0, 'final', 0)\n"},
        {django + "template/__init__.py", "from .library import Library\n"},
        {django + "template/library.py", "class Library:\n    pass\n"},
        {django + "template/defaulttags.py",
         "from .library import Library\n\nregister = Library()\n\n\n"
         "@register.tag('if')\ndef do_if(parser, token):\n    parser.parse(('elif', 'else', 'endif'))\n\n\n"
         "@register.tag('for')\ndef do_for(parser, token):\n    parser.parse(('empty', 'endfor'))\n\n\n"
         "@register.tag\ndef load(parser, token):\n    return None\n"},
        {django + "template/loader_tags.py",
         "from .library import Library\n\nregister = Library()\n\n\n"
         "@register.tag('block')\ndef do_block(parser, token):\n    parser.parse(('endblock',))\n\n\n"
         "@register.tag('extends')\ndef do_extends(parser, token):\n    return None\n\n\n"
         "@register.tag('include')\ndef do_include(parser, token):\n    return None\n"},
        {django + "template/defaultfilters.py",
         "from .library import Library\n\nregister = Library()\n\n\n"
         "@register.filter\ndef upper(value):\n    return value.upper()\n"},
        {django + "templatetags/__init__.py", ""},
        {django + "templatetags/i18n.py", head + "@register.tag\ndef translate(parser, token):\n    return None\n"},
    };
    for (const char *app : apps) {
        files[std::format("{}/{}/__init__.py", root, app)] = "";
        files[std::format("{}/{}/templatetags/__init__.py", root, app)] = "";
    }
    return files;
}

std::vector<std::string> pagePaths()
{
    std::vector<std::string> paths;
    for (const char *folder : {"templates", "alpha/templates", "beta/templates"}) {
        for (const char *name : names)
            paths.push_back(std::format("{}/{}/{}", projectRoot, folder, name));
    }
    return paths;
}

std::vector<std::string> libraryPaths()
{
    std::vector<std::string> paths;
    for (const char *app : apps)
        paths.push_back(std::format("{}/{}/templatetags/{}_tags.py", projectRoot, app, app));
    return paths;
}

std::string settingsPath() { return std::string(projectRoot) + "/conf/settings.py"; }

std::string pageText(Random &random)
{
    std::string text;
    for (auto left = random() % 8; left > 0; --left)
        text += piece(random);
    return text;
}

std::string libraryText(Random &random)
{
    std::string text = "from django import template\n\nregister = template.Library()\n";
    for (const char *tag : tags) {
        if (random() % 3 == 0)
            text += std::format("\n\n@register.simple_tag\ndef {}():\n    return ''\n", tag);
    }
    for (const char *filter : filters) {
        if (random() % 3 == 0)
            text += std::format("\n\n@register.filter\ndef {}(value):\n    return value\n", filter);
    }
    if (random() % 3 == 0)
        text += "\n\n@register.tag\ndef box(parser, token):\n    parser.parse(('endbox',))\n";
    if (random() % 12 == 0)
        text += "\n\nregister.tag(name_of_it(), None)\n";
    return text;
}

std::string settingsText(Random &random)
{
    std::string installed;
    for (const char *app : apps) {
        if (random() % 5 != 0)
            installed += std::format("'{}', ", app);
    }
    std::string text = "from pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent.parent\n";
    text += "INSTALLED_APPS = [" + installed + "]\n";
    if (random() % 10 == 0)
        text += "INSTALLED_APPS += more.names()\n";
    text += "TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates',\n";
    text += random() % 6 == 0 ? "    'DIRS': [],\n" : "    'DIRS': [BASE_DIR / 'templates'],\n";
    text += random() % 8 == 0 ? "    'APP_DIRS': False" : "    'APP_DIRS': True";
    if (random() % 6 == 0)
        text += ", 'OPTIONS': {'builtins': ['alpha.templatetags.alpha_tags']}";
    return text + "}]\n";
}

std::string typedText(Random &random) { return piece(random); }

} // namespace nuages::oracle
