#include "engine/ide/usages.h"

#include <algorithm>
#include <array>
#include <span>
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
    {"cycle", "<first> <second>"},
    {"debug", ""},
    {"elif", "<condition>"},
    {"extends", "\"<template>\""},
    {"filter", "<filter>"},
    {"firstof", "<values>"},
    {"for", "<item> in <items>"},
    {"get_admin_log", "<limit> as <name>"},
    {"get_available_languages", "as <name>"},
    {"get_current_language", "as <name>"},
    {"get_current_language_bidi", "as <name>"},
    {"get_current_timezone", "as <name>"},
    {"get_flatpages", "as <name>"},
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

/// The filters that Django refuses without an argument.
constexpr auto argumentsOfFilters = std::to_array<Usage>({
    {"add", ":<number>"},
    {"center", ":<width>"},
    {"cut", ":<text>"},
    {"default", ":<value>"},
    {"default_if_none", ":<value>"},
    {"dictsort", ":<key>"},
    {"dictsortreversed", ":<key>"},
    {"divisibleby", ":<number>"},
    {"get_digit", ":<place>"},
    {"join", ":<separator>"},
    {"length_is", ":<length>"},
    {"ljust", ":<width>"},
    {"rjust", ":<width>"},
    {"slice", ":<slice>"},
    {"stringformat", ":<format>"},
    {"timezone", ":<zone>"},
    {"truncatechars", ":<length>"},
    {"truncatechars_html", ":<length>"},
    {"truncatewords", ":<count>"},
    {"truncatewords_html", ":<count>"},
    {"urlizetrunc", ":<length>"},
    {"wordwrap", ":<width>"},
});
static_assert(std::ranges::is_sorted(argumentsOfFilters, {}, &Usage::first));

std::optional<std::string_view> lookUp(std::span<const Usage> table, std::string_view name)
{
    const auto found = std::ranges::lower_bound(table, name, {}, &Usage::first);
    return found != table.end() && found->first == name ? std::optional(found->second) : std::nullopt;
}

} // namespace

std::optional<std::string_view> usageOf(std::string_view tag) { return lookUp(usages, tag); }

std::optional<std::string_view> usageOfFilter(std::string_view filter) { return lookUp(argumentsOfFilters, filter); }

} // namespace nuages::ide
