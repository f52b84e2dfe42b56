#include "tests/engine/ide/shop.h"

#include "tests/support/givenproject.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace fs = std::filesystem;

namespace nuages::tests {

namespace {

std::string bytesOf(const fs::path &path)
{
    std::ifstream stream(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

/// Registers names that the fixture leaves out. Of Django's own tags nothing but the name is read.
template <std::size_t Count>
std::string registrations(const char *what, const std::array<const char *, Count> &names)
{
    std::string text;
    for (const char *name : names)
        text += "@register." + std::string(what) + "(\"" + name + "\")\ndef do_" + name
            + "(parser, token):\n    pass\n\n\n";
    return text;
}

constexpr std::array tags = {"autoescape", "cycle",     "firstof",     "ifchanged", "lorem",    "now",
                             "regroup",    "spaceless", "templatetag", "url",       "verbatim", "widthratio"};
constexpr std::array messageTags = {"blocktrans", "get_current_language", "get_language_info", "trans"};
constexpr std::array filters = {"escape", "safe"};

} // namespace

Shop::Shop() : m_files(m_disk)
{
    for (const char *part : {"shop", "packages"}) {
        const fs::path from = fs::path(NUAGES_SOURCE_FOLDER "/tests/engine/rules/fixtures") / part;
        for (const fs::directory_entry &entry : fs::recursive_directory_iterator(from)) {
            if (entry.is_regular_file())
                m_disk.write("/" + std::string(part) + "/" + fs::relative(entry.path(), from).string(),
                             bytesOf(entry.path()));
        }
    }
    const std::string django = NUAGES_SOURCE_FOLDER "/tests/engine/rules/fixtures/packages/django/";
    m_disk.write("/packages/django/template/defaulttags.py",
                 bytesOf(django + "template/defaulttags.py") + registrations("tag", tags));
    m_disk.write("/packages/django/template/defaultfilters.py",
                 bytesOf(django + "template/defaultfilters.py") + registrations("filter", filters));
    m_disk.write("/packages/django/templatetags/i18n.py",
                 bytesOf(django + "templatetags/i18n.py") + "\n\n" + registrations("tag", messageTags));
    m_disk.write("/shop/shop/templates/shop/middle.html",
                 "{% extends \"shop/base.html\" %}\n{% block content %}{% block inner %}{% endblock %}{% endblock %}");
    m_disk.write("/shop/shop/templates/shop/.hidden/no.html", "");
    m_disk.write("/shop/shop/templates/shop/parts/head.html", "");
    m_disk.write("/shop/shop/templatetags/told.py",
                 "from django import template\nregister = template.Library()\n\n\n"
                 "def before():\n    \"\"\"No tag.\"\"\"\n\n\nif True:\n\n    @register.simple_tag\n"
                 "    def told(x):\n        \"\"\"\n        Tells.\n\n          Indented.\n        \"\"\"\n"
                 "        return x\n");
    m_engine.attach(m_files);
    m_project = openProject(m_engine, givenAt("/shop", {"/packages"}));
}

} // namespace nuages::tests
