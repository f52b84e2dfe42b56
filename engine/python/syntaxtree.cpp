#include "engine/python/syntaxtree.h"

#include "engine/python/grammar.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>
#include <utility>

namespace nuages::python {

namespace {

/// Goes through the children of one node, named and not; a cursor is linear where asking by index is quadratic.
class Children
{
public:
    explicit Children(TSNode parent)
        : m_cursor(ts_tree_cursor_new(parent)), m_here(ts_tree_cursor_goto_first_child(&m_cursor))
    {
    }
    ~Children() { ts_tree_cursor_delete(&m_cursor); }
    Children(const Children &) = delete;
    Children &operator=(const Children &) = delete;

    bool atEnd() const { return !m_here; }
    TSNode node() const { return ts_tree_cursor_current_node(&m_cursor); }
    TSFieldId field() const { return ts_tree_cursor_current_field_id(&m_cursor); }
    void advance() { m_here = ts_tree_cursor_goto_next_sibling(&m_cursor); }

private:
    TSTreeCursor m_cursor;
    bool m_here;
};

TSPoint pointOf(Position position) { return {position.row, position.column}; }

TSRange stretch(Position begin, Position end) { return {pointOf(begin), pointOf(end), begin.offset, end.offset}; }

/// What a parser reads: a text with a digit in the place of the first byte of each body.
struct Source {
    std::string_view text;
    std::span<const FunctionSuite> hidden;

    static const char *read(void *payload, std::uint32_t at, TSPoint, std::uint32_t *size)
    {
        const auto &source = *static_cast<const Source *>(payload);
        const auto next = std::ranges::lower_bound(source.hidden, at, {},
                                                   [](const FunctionSuite &suite) { return suite.begin.offset; });
        const bool isLast = next == source.hidden.end();
        if (!isLast && next->begin.offset == at) {
            *size = 1;
            return "0";
        }
        const std::string_view rest = source.text.substr(std::min<std::size_t>(at, source.text.size()));
        *size = isLast ? static_cast<std::uint32_t>(rest.size()) : next->begin.offset - at;
        return rest.data();
    }
};

/// The tree of those `parts` of the source; of all of it if there are none.
std::shared_ptr<const TSTree> parseParts(Source source, std::span<const TSRange> parts)
{
    const std::unique_ptr<TSParser, void (*)(TSParser *)> parser(ts_parser_new(), ts_parser_delete);
    [[maybe_unused]] const bool fits = ts_parser_set_language(parser.get(), pythonLanguage());
    assert(fits && "the grammar's ABI is not one that this tree-sitter reads");
    [[maybe_unused]] const bool areOrdered =
        ts_parser_set_included_ranges(parser.get(), parts.data(), static_cast<std::uint32_t>(parts.size()));
    assert(areOrdered && "parts overlap");
    TSTree *tree = ts_parser_parse(parser.get(), nullptr, {&source, &Source::read, TSInputEncodingUTF8});
    return {tree, [](const TSTree *owned) { ts_tree_delete(const_cast<TSTree *>(owned)); }};
}

} // namespace

Kind Node::kind() const { return isNull() ? Kind::Other : kindOf(ts_node_symbol(m_node)); }

std::string_view Node::text() const
{
    if (isNull())
        return {};
    const source::Range bytes = range();
    return {m_text + bytes.begin, bytes.size()};
}

source::Range Node::range() const
{
    if (isNull())
        return {};
    return {ts_node_start_byte(m_node), ts_node_end_byte(m_node)};
}

std::uint32_t Node::line() const { return isNull() ? 0 : ts_node_start_point(m_node).row + 1; }

Node Node::child(Field field) const
{
    return isNull() ? Node() : Node(ts_node_child_by_field_id(m_node, idOf(field)), m_text);
}

std::vector<Node> Node::children(Field field) const
{
    std::vector<Node> found;
    if (isNull())
        return found;
    for (Children children(m_node); !children.atEnd(); children.advance()) {
        if (children.field() == idOf(field))
            found.push_back(Node(children.node(), m_text));
    }
    return found;
}

std::vector<Node> Node::children() const
{
    std::vector<Node> found;
    if (isNull())
        return found;
    for (Children children(m_node); !children.atEnd(); children.advance()) {
        const Node child(children.node(), m_text);
        if (ts_node_is_named(child.m_node) && !child.is(Kind::Comment))
            found.push_back(child);
    }
    return found;
}

Node Node::parent() const { return isNull() ? Node() : Node(ts_node_parent(m_node), m_text); }

bool Node::hasError() const { return !isNull() && ts_node_has_error(m_node); }

SyntaxTree::SyntaxTree(source::Text text) : m_text(std::move(text)), m_tree(parseParts({m_text.view(), {}}, {})) { }

SyntaxTree SyntaxTree::withoutBodies(source::Text text, std::span<const FunctionSuite> functions)
{
    std::vector<TSRange> parts;
    Position begin;
    for (const FunctionSuite &function : functions) {
        const Position first = function.begin;
        parts.push_back(stretch(begin, {first.offset + 1, first.row, first.column + 1}));
        begin = function.end;
    }
    constexpr std::uint32_t last = std::numeric_limits<std::uint32_t>::max();
    parts.push_back(stretch(begin, {last, last, last}));
    auto tree = parseParts({text.view(), functions}, parts);
    return {std::move(text), std::move(tree)};
}

SyntaxTree SyntaxTree::ofPart(source::Text text, Position begin, Position end)
{
    auto tree = parseParts({text.view(), {}}, std::array{stretch(begin, end)});
    return {std::move(text), std::move(tree)};
}

Node SyntaxTree::root() const
{
    // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): a node's offsets end within the text
    return Node(ts_tree_root_node(m_tree.get()), m_text.view().data());
}

} // namespace nuages::python
