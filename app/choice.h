#pragma once

#include <CLI/CLI.hpp>

#include <algorithm>
#include <format>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace nuages::app {

template <class T>
using Choice = std::pair<std::string_view, T>;

/// An option that takes one of some words, and sets `value` to what the word stands for. `choices` outlives the parse.
template <class T>
void addChoice(CLI::App &command, const std::string &name, T &value, std::span<const Choice<T>> choices,
               const std::string &description)
{
    std::string words;
    for (const Choice<T> &choice : choices)
        words.append(words.empty() ? "" : "|").append(choice.first);
    const auto choose = [name, words, choices, &value](const std::string &word) {
        const auto choice = std::ranges::find(choices, word, &Choice<T>::first);
        if (choice == choices.end())
            throw CLI::ValidationError(name, std::format("'{}' is none of {}", word, words));
        value = choice->second;
    };
    command.add_option_function<std::string>(name, choose, description)->type_name(words);
}

} // namespace nuages::app
