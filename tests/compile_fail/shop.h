#pragma once

#include "engine/query/engine.h"
#include "engine/query/task.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What the cases of this folder misuse.
namespace shop {

struct ShelfData {
    std::string label;
    int items = 0;
    int room = 0; ///< Not tracked.
};
using Shelf = nuages::query::Input<ShelfData, &ShelfData::label, &ShelfData::items>;

struct TillData {
    int money = 0;
};
using Till = nuages::query::Input<TillData, &TillData::money>;

using Brand = nuages::query::Interned<std::string, struct BrandTag>;
using Street = nuages::query::Interned<std::string, struct StreetTag>;

/// Whether there is nothing on a shelf.
struct IsEmpty {
    static bool run(nuages::query::Reader &db, Shelf shelf) { return db.read<&ShelfData::items>(shelf) == 0; }
};

/// How long the name of a brand is.
struct NameLength {
    static std::size_t run(nuages::query::Reader &db, Brand brand) { return db.value(brand).size(); }
};

} // namespace shop
