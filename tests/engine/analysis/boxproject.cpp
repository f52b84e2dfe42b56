#include "tests/engine/analysis/boxproject.h"

namespace nuages::tests {

namespace {

constexpr std::string_view templatesFolder = "/p/templates/";

constexpr char library[] = "from django import template\nregister = template.Library()\n\n\n";

TestProject::Contents withTemplates(const TestProject::Contents &templates)
{
    const std::string start = library;
    TestProject::Contents all = {
        {"manage.py", manageFile},
        {"site_settings.py",
         "INSTALLED_APPS = ['shop']\nTEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates',"
         "'DIRS': ['/p/templates']}]\n"},
        {"shop/__init__.py", ""},
        {"shop/templatetags/__init__.py", ""},
        {"shop/templatetags/boxes.py",
         start
             + "@register.tag\ndef box(parser, token):\n    parser.parse((\"endbox\",))\n"
               "    parser.delete_first_token()\n\n\n@register.filter\ndef loud(value):\n    return value\n"},
        {"shop/templatetags/more.py", start + "@register.simple_tag\ndef box():\n    return \"\"\n"},
        {"/site-packages/django/__init__.py", "VERSION = (5, 2, 0, 'final', 0)\n"},
        {"/site-packages/django/template/__init__.py", ""},
        {"/site-packages/django/template/defaulttags.py",
         start
             + "@register.tag(\"if\")\ndef do_if(parser, token):\n    pass\n\n\n"
               "@register.tag\ndef load(parser, token):\n    pass\n"},
        {"/site-packages/django/template/defaultfilters.py",
         start + "@register.filter\ndef upper(value):\n    return value\n"},
        {"/site-packages/django/template/loader_tags.py",
         start
             + "@register.tag(\"block\")\ndef do_block(parser, token):\n    pass\n\n\n"
               "@register.tag(\"extends\")\ndef do_extends(parser, token):\n    pass\n"}};
    for (const auto &[path, text] : templates)
        all.emplace(std::string(templatesFolder) + path, text);
    return all;
}

} // namespace

BoxProject::BoxProject(const Contents &templates) : TestProject(withTemplates(templates)) { }

source::File BoxProject::file(std::string_view path)
{
    query::Reader db(engine.ticket());
    return source::fileAt(db, std::string(templatesFolder) + std::string(path));
}

std::string names(BoxProject &project, const std::vector<source::File> &files)
{
    query::Reader db(project.engine.ticket());
    std::string text;
    for (const source::File file : files)
        text += (text.empty() ? "" : " ") + db.read<&source::FileData::path>(file).substr(templatesFolder.size());
    return text;
}

} // namespace nuages::tests
