#pragma once

#include "engine/ide/view.h"
#include "engine/project/libraries/taglibrary.h"
#include "engine/source/range.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace nuages::ide {

/// The name of a tag: its opener, or a closer or middle, which mean the same tag.
struct TagName {
    std::string name; ///< Of the opener.
};

struct FilterName {
    std::string name;
};

/// A library in a load.
struct LibraryName {
    std::string name;
};

/// A tag or filter in `{% load name from library %}`.
struct MemberName {
    std::string name;
    std::string library;
};

/// The name of a template in an include or extends, as it is written.
struct TemplateName {
    std::string name;
};

/// The name of a block, in a block or endblock.
struct NameOfBlock {
    std::string name;
    std::uint32_t block = templates::noToken; ///< Of an endblock's name: the token of the block that it closes.
};

/// What stands at a place of a template and has a meaning of its own.
struct SymbolAt {
    std::variant<TagName, FilterName, LibraryName, MemberName, TemplateName, NameOfBlock> symbol;
    source::Range range; ///< Of the name, without quotes.
    std::uint32_t position = 0; ///< Where the name is looked up: loads act from their place on.
};

/// What is at byte `offset`, the end of a name included; nullopt where nothing is, and in what Django does not compile.
std::optional<SymbolAt> symbolAt(const View &view, std::uint32_t offset);

} // namespace nuages::ide
