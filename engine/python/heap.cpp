#include "engine/python/heap.h"

#include <algorithm>
#include <cstddef>

namespace nuages::python {

namespace {

constexpr std::size_t mergeCellsLimit = 100'000; // of the table below; longer lists are put behind each other

Item inOneBranch(Item item)
{
    if (item.count == Count::One)
        item.count = Count::Maybe;
    return item;
}

/// Merges what differs between two lists. Longest common subsequence by the usual table, so that an element that
/// both branches kept stays certain.
void mergeMiddle(std::span<const Item> left, std::span<const Item> right, std::vector<Item> &out)
{
    const auto same = [&](std::size_t i, std::size_t j) { return left[i].value == right[j].value; };
    const std::size_t width = right.size() + 1;
    std::vector<std::uint32_t> common;
    if (left.size() * right.size() <= mergeCellsLimit) {
        common.assign((left.size() + 1) * width, 0);
        for (std::size_t i = left.size(); i-- > 0;) {
            for (std::size_t j = right.size(); j-- > 0;) {
                common[i * width + j] = same(i, j) ? common[(i + 1) * width + j + 1] + 1
                                                   : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
            }
        }
    }
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < left.size() && j < right.size() && !common.empty()) {
        if (same(i, j)) {
            out.push_back({left[i].value, std::max(left[i].count, right[j].count)});
            ++i;
            ++j;
        } else if (common[(i + 1) * width + j] >= common[i * width + j + 1]) {
            out.push_back(inOneBranch(left[i++]));
        } else {
            out.push_back(inOneBranch(right[j++]));
        }
    }
    for (; i < left.size(); ++i)
        out.push_back(inOneBranch(left[i]));
    for (; j < right.size(); ++j)
        out.push_back(inOneBranch(right[j]));
}

Sequence joined(const Sequence &left, const Sequence &right)
{
    const auto [l, r] = std::ranges::mismatch(left.items, right.items);
    const auto head = l - left.items.begin();
    std::ptrdiff_t tail = 0;
    while (l != left.items.end() - tail && r != right.items.end() - tail
           && *(left.items.end() - tail - 1) == *(right.items.end() - tail - 1))
        ++tail;
    Sequence result{left.kind, {left.items.begin(), l}};
    mergeMiddle(std::span(left.items).subspan(head, left.items.size() - head - tail),
                std::span(right.items).subspan(head, right.items.size() - head - tail), result.items);
    result.items.insert(result.items.end(), left.items.end() - tail, left.items.end());
    return result;
}

Dictionary joined(const Dictionary &left, const Dictionary &right, const OpenReason &tooMany)
{
    Dictionary result;
    std::vector<bool> matched(right.entries.size());
    for (std::size_t i = 0; i < left.entries.size(); ++i) {
        const Entry &entry = left.entries[i];
        std::size_t at = i; // Both sides come from one copy, so equal keys mostly stand at equal places.
        if (at >= right.entries.size() || right.entries[at].key != entry.key)
            at = std::ranges::find(right.entries, entry.key, &Entry::key) - right.entries.begin();
        if (at == right.entries.size()) {
            result.entries.push_back({entry.key, entry.value, false});
            continue;
        }
        matched[at] = true;
        const Entry &other = right.entries[at];
        const bool isCertain = entry.isCertain && other.isCertain;
        if (entry.value == other.value)
            result.entries.push_back({entry.key, entry.value, isCertain});
        else
            result.entries.push_back({entry.key, oneOf({entry.value, other.value}, tooMany), isCertain});
    }
    for (std::size_t j = 0; j < right.entries.size(); ++j) {
        if (!matched[j])
            result.entries.push_back({right.entries[j].key, right.entries[j].value, false});
    }
    result.open = left.open;
    for (const auto &reason : right.open)
        result.addOpen(reason);
    return result;
}

Object joined(const Object &left, const Object &right, const OpenReason &tooMany)
{
    if (const auto *l = std::get_if<Sequence>(&left)) {
        if (const auto *r = std::get_if<Sequence>(&right))
            return joined(*l, *r);
    }
    if (const auto *l = std::get_if<Dictionary>(&left)) {
        if (const auto *r = std::get_if<Dictionary>(&right))
            return joined(*l, *r, tooMany);
    }
    if (const auto *l = std::get_if<Module>(&left)) {
        if (const auto *r = std::get_if<Module>(&right))
            return l->state >= r->state ? *l : *r;
    }
    return left; // functions and classes never change
}

} // namespace

const Entry *Dictionary::find(const Value &key) const
{
    const auto found = std::ranges::find(entries, key, &Entry::key);
    return found == entries.end() ? nullptr : &*found;
}

const Entry *Dictionary::find(std::string_view name) const
{
    const auto found = std::ranges::find_if(entries, [name](const Entry &entry) {
        const std::string *text = entry.key.asText();
        return text && *text == name;
    });
    return found == entries.end() ? nullptr : &*found;
}

void Dictionary::set(const Value &key, Value value)
{
    const auto found = std::ranges::find(entries, key, &Entry::key);
    if (found == entries.end()) {
        entries.push_back({key, std::move(value)});
    } else {
        found->value = std::move(value);
        found->isCertain = true;
    }
}

void Dictionary::set(std::string_view name, Value value, Place place)
{
    set(Value::text(std::string(name), place), std::move(value));
}

void Dictionary::remove(const Value &key)
{
    std::erase_if(entries, [&key](const Entry &entry) { return entry.key == key; });
}

void Dictionary::addOpen(std::shared_ptr<const OpenReason> reason)
{
    constexpr std::size_t most = 32; // One would do; the others are for people.
    if (std::ranges::any_of(open, [&reason](const auto &known) { return *known == *reason; }))
        return;
    if (open.size() < most)
        open.push_back(std::move(reason));
    else if (reason->doubt < open.back()->doubt)
        open.back() = std::move(reason);
}

Object &Heap::edit(ObjectId id)
{
    std::shared_ptr<const Object> &object = m_objects[static_cast<std::size_t>(id)];
    if (object.use_count() != 1)
        object = std::make_shared<Object>(*object);
    // Every object is made by make_shared<Object>, not const, and by now it is ours alone.
    return const_cast<Object &>(*object);
}

void Heap::put(ObjectId id, Object object)
{
    const auto index = static_cast<std::size_t>(id);
    if (index >= m_objects.size())
        m_objects.resize(index + 1);
    m_objects[index] = std::make_shared<Object>(std::move(object));
}

Heap Heap::join(Heap left, const Heap &right, const OpenReason &tooMany)
{
    if (left.m_objects.size() < right.m_objects.size())
        left.m_objects.resize(right.m_objects.size());
    for (std::size_t i = 0; i < right.m_objects.size(); ++i) {
        std::shared_ptr<const Object> &mine = left.m_objects[i];
        const std::shared_ptr<const Object> &other = right.m_objects[i];
        if (mine == other || !other)
            continue;
        mine = mine ? std::make_shared<Object>(joined(*mine, *other, tooMany)) : other;
    }
    return left;
}

} // namespace nuages::python
