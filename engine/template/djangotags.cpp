#include "engine/template/djangotags.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace nuages::templates {

namespace {

using Arguments = TagShape::Arguments;
using Body = TagShape::Body;
using Rest = StopWord::Rest;
using Section = TagShape::Section;

struct DjangoTag {
    std::string_view module;
    std::string_view tag;
    TagShape shape;
};

constexpr std::string_view defaultTags = "django.template.defaulttags";
constexpr std::string_view loaderTags = "django.template.loader_tags";
constexpr std::string_view i18n = "django.templatetags.i18n";
constexpr std::string_view l10n = "django.templatetags.l10n";
constexpr std::string_view tz = "django.templatetags.tz";
constexpr std::string_view cacheTags = "django.templatetags.cache";
constexpr std::string_view staticTags = "django.templatetags.static";
constexpr std::string_view adminList = "django.contrib.admin.templatetags.admin_list";
constexpr std::string_view adminModify = "django.contrib.admin.templatetags.admin_modify";
constexpr std::string_view adminUrls = "django.contrib.admin.templatetags.admin_urls";
constexpr std::string_view adminLog = "django.contrib.admin.templatetags.log";
constexpr std::string_view authTags = "django.contrib.auth.templatetags.auth";
constexpr std::string_view flatpages = "django.contrib.flatpages.templatetags.flatpages";

/// A body up to `closer`, of which only the word counts.
TagShape plain(const char *closer, Arguments arguments) { return TagShape::block({closer}, {}, arguments); }

/// A body in two halves: the second starts at `middle` if that stands alone, and may be missing.
TagShape halves(const char *middle, const char *closer, Arguments arguments)
{
    return {Body::Block,
            arguments,
            {{{middle, Rest::NothingOrEnds, 1}, {closer, Rest::Any, StopWord::closes}},
             {{closer, Rest::Any, StopWord::closes}}}};
}

/// A body whose closer may repeat the name that the tag gives.
TagShape named(const char *closer, Arguments arguments)
{
    return {Body::Block, arguments, {{{closer, Rest::NameOrNothing, StopWord::closes}}}};
}

TagShape condition()
{
    return {Body::Block,
            Arguments::If,
            {{{"elif", Rest::Any, 0}, {"else", Rest::Nothing, 1}, {"endif", Rest::Nothing, StopWord::closes}},
             {{"endif", Rest::Nothing, StopWord::closes}}}};
}

/// With `count` the body starts in the second section, whose `plural` must not be missing; else in the first.
TagShape message(const char *closer)
{
    return {Body::Message,
            Arguments::Message,
            {{{closer, Rest::Nothing, StopWord::closes}}, {{"plural", Rest::Nothing, 0}}}};
}

TagShape alone(Arguments arguments) { return TagShape::alone(arguments); }

/// Every tag that Django 4.2 to 6.1 registers in Python code, `simple_tag` and the like included. C++ rather than a
/// data file, because each row names enumerators and the compiler checks them.
const auto &table()
{
    static const std::array rows = {
        DjangoTag{defaultTags, "autoescape", plain("endautoescape", Arguments::Uncompiled)},
        DjangoTag{defaultTags, "comment", TagShape::raw("endcomment", Arguments::Uncompiled)},
        DjangoTag{defaultTags, "csp_nonce_attr", alone(Arguments::Simple)},
        DjangoTag{defaultTags, "csrf_token", alone(Arguments::Uncompiled)},
        DjangoTag{defaultTags, "cycle", alone(Arguments::Cycle)},
        DjangoTag{defaultTags, "debug", alone(Arguments::Uncompiled)},
        DjangoTag{defaultTags, "filter", plain("endfilter", Arguments::Chain)},
        DjangoTag{defaultTags, "firstof", alone(Arguments::FirstOf)},
        DjangoTag{defaultTags, "for", halves("empty", "endfor", Arguments::For)},
        DjangoTag{defaultTags, "if", condition()},
        DjangoTag{defaultTags, "ifchanged", halves("else", "endifchanged", Arguments::Each)},
        DjangoTag{defaultTags, "load", alone(Arguments::Uncompiled)},
        DjangoTag{defaultTags, "lorem", alone(Arguments::Lorem)},
        DjangoTag{defaultTags, "now", alone(Arguments::Uncompiled)},
        DjangoTag{defaultTags, "partial", alone(Arguments::Uncompiled)},
        DjangoTag{defaultTags, "partialdef", named("endpartialdef", Arguments::Uncompiled)},
        DjangoTag{defaultTags, "querystring", alone(Arguments::Simple)},
        DjangoTag{defaultTags, "regroup", alone(Arguments::Regroup)},
        DjangoTag{defaultTags, "resetcycle", alone(Arguments::Uncompiled)},
        DjangoTag{defaultTags, "spaceless", plain("endspaceless", Arguments::Uncompiled)},
        DjangoTag{defaultTags, "templatetag", alone(Arguments::Uncompiled)},
        DjangoTag{defaultTags, "url", alone(Arguments::Url)},
        DjangoTag{defaultTags, "verbatim", plain("endverbatim", Arguments::Uncompiled)},
        DjangoTag{defaultTags, "widthratio", alone(Arguments::WidthRatio)},
        DjangoTag{defaultTags, "with", plain("endwith", Arguments::With)},
        DjangoTag{loaderTags, "block", named("endblock", Arguments::Block)},
        DjangoTag{loaderTags, "extends", {Body::Rest, Arguments::First, {}}},
        DjangoTag{loaderTags, "include", alone(Arguments::Include)},
        DjangoTag{i18n, "blocktrans", message("endblocktrans")},
        DjangoTag{i18n, "blocktranslate", message("endblocktranslate")},
        DjangoTag{i18n, "get_available_languages", alone(Arguments::Uncompiled)},
        DjangoTag{i18n, "get_current_language", alone(Arguments::Uncompiled)},
        DjangoTag{i18n, "get_current_language_bidi", alone(Arguments::Uncompiled)},
        DjangoTag{i18n, "get_language_info", alone(Arguments::LanguageInfo)},
        DjangoTag{i18n, "get_language_info_list", alone(Arguments::LanguageInfo)},
        DjangoTag{i18n, "language", plain("endlanguage", Arguments::First)},
        DjangoTag{i18n, "trans", alone(Arguments::Translate)},
        DjangoTag{i18n, "translate", alone(Arguments::Translate)},
        DjangoTag{l10n, "localize", plain("endlocalize", Arguments::Uncompiled)},
        DjangoTag{tz, "get_current_timezone", alone(Arguments::Uncompiled)},
        DjangoTag{tz, "localtime", plain("endlocaltime", Arguments::Uncompiled)},
        DjangoTag{tz, "timezone", plain("endtimezone", Arguments::First)},
        DjangoTag{cacheTags, "cache", plain("endcache", Arguments::Cache)},
        DjangoTag{staticTags, "get_media_prefix", alone(Arguments::Uncompiled)},
        DjangoTag{staticTags, "get_static_prefix", alone(Arguments::Uncompiled)},
        DjangoTag{staticTags, "static", alone(Arguments::Static)},
        DjangoTag{adminList, "admin_actions", alone(Arguments::Inclusion)},
        DjangoTag{adminList, "admin_list_filter", alone(Arguments::Simple)},
        DjangoTag{adminList, "change_list_object_tools", alone(Arguments::Inclusion)},
        DjangoTag{adminList, "date_hierarchy", alone(Arguments::Inclusion)},
        DjangoTag{adminList, "pagination", alone(Arguments::Inclusion)},
        DjangoTag{adminList, "paginator_number", alone(Arguments::Simple)},
        DjangoTag{adminList, "result_list", alone(Arguments::Inclusion)},
        DjangoTag{adminList, "search_form", alone(Arguments::Inclusion)},
        DjangoTag{adminModify, "change_form_admin_actions", alone(Arguments::Inclusion)},
        DjangoTag{adminModify, "change_form_object_tools", alone(Arguments::Inclusion)},
        DjangoTag{adminModify, "prepopulated_fields_js", alone(Arguments::Inclusion)},
        DjangoTag{adminModify, "submit_row", alone(Arguments::Inclusion)},
        DjangoTag{adminUrls, "add_preserved_filters", alone(Arguments::Simple)},
        DjangoTag{authTags, "render_password_as_hash", alone(Arguments::Simple)},
        DjangoTag{adminLog, "get_admin_log", alone(Arguments::Uncompiled)},
        DjangoTag{flatpages, "get_flatpages", alone(Arguments::Uncompiled)},
    };
    return rows;
}

} // namespace

const TagShape *djangoTag(std::string_view module, std::string_view tag)
{
    const auto row =
        std::ranges::find_if(table(), [&](const DjangoTag &t) { return t.tag == tag && t.module == module; });
    return row == table().end() ? nullptr : &row->shape;
}

const TagShape *djangoBuiltinTag(std::string_view tag)
{
    const TagShape *shape = djangoTag(defaultTags, tag);
    return shape ? shape : djangoTag(loaderTags, tag);
}

const TagShape *djangoLibraryTag(std::string_view library, std::string_view tag)
{
    const auto row = std::ranges::find_if(table(), [&](const DjangoTag &t) {
        const std::size_t name = t.module.rfind('.') + 1;
        return t.tag == tag && t.module.substr(name) == library && t.module.substr(0, name).ends_with(".templatetags.");
    });
    return row == table().end() ? nullptr : &row->shape;
}

bool isDjangoTag(std::string_view tag) { return std::ranges::contains(table(), tag, &DjangoTag::tag); }

bool isDjangoStopWord(std::string_view word)
{
    return std::ranges::any_of(table(), [&](const DjangoTag &t) {
        return std::ranges::any_of(t.shape.sections, [&](const Section &section) {
            return std::ranges::find(section, word, &StopWord::word) != section.end();
        });
    });
}

} // namespace nuages::templates
