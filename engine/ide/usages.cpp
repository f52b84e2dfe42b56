#include "engine/ide/usages.h"

#include <algorithm>
#include <array>
#include <utility>

namespace nuages::ide {

namespace {

using Usage = std::pair<std::string_view, std::string_view>;

constexpr auto usages = std::to_array<Usage>({
    {"autoescape", "<off>"},
    {"block", "<name>"},
    {"blocktrans", ""},
    {"blocktranslate", ""},
    {"cache", "<seconds> <name>"},
    {"comment", ""},
    {"csp_nonce_attr", ""},
    {"csrf_token", ""},
    {"cycle", "<values>"},
    {"debug", ""},
    {"elif", "<condition>"},
    {"extends", "\"<template>\""},
    {"filter", "<filter>"},
    {"firstof", "<values>"},
    {"for", "<item> in <items>"},
    {"get_available_languages", "as <name>"},
    {"get_current_language", "as <name>"},
    {"get_current_language_bidi", "as <name>"},
    {"get_current_timezone", "as <name>"},
    {"get_language_info", "for <code> as <name>"},
    {"get_language_info_list", "for <codes> as <name>"},
    {"get_media_prefix", ""},
    {"get_static_prefix", ""},
    {"if", "<condition>"},
    {"ifchanged", ""},
    {"include", "\"<template>\""},
    {"language", "<code>"},
    {"load", "<library>"},
    {"localize", ""},
    {"localtime", ""},
    {"lorem", ""},
    {"now", "\"<format>\""},
    {"partial", "<name>"},
    {"partialdef", "<name>"},
    {"regroup", "<items> by <attribute> as <name>"},
    {"resetcycle", ""},
    {"spaceless", ""},
    {"static", "\"<path>\""},
    {"templatetag", "<openblock>"},
    {"timezone", "<zone>"},
    {"trans", "\"<text>\""},
    {"translate", "\"<text>\""},
    {"url", "\"<name>\""},
    {"verbatim", ""},
    {"widthratio", "<value> <maximum> <width>"},
    {"with", "<name>=<value>"},
});
static_assert(std::ranges::is_sorted(usages, {}, &Usage::first));

} // namespace

std::optional<std::string_view> usageOf(std::string_view tag)
{
    const auto found = std::ranges::lower_bound(usages, tag, {}, &Usage::first);
    return found != usages.end() && found->first == tag ? std::optional(found->second) : std::nullopt;
}

} // namespace nuages::ide
