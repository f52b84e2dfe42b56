#pragma once

#include "engine/ide/view.h"

#include <cstdint>
#include <string>

namespace nuages::ide {

/// Text to put into a template beside what is completed.
struct Insertion {
    std::uint32_t offset = 0;
    std::string text;

    friend bool operator==(const Insertion &, const Insertion &) = default;
};

/// A load of `library` that acts at byte `offset`: behind the last load before it that stands in no other tag, else
/// behind the extends, else at the start of the file.
Insertion loadOf(const View &view, const std::string &library, std::uint32_t offset);

} // namespace nuages::ide
