#pragma once

#include "engine/python/kind.h"
#include "engine/python/suites.h"
#include "engine/source/range.h"
#include "engine/source/text.h"

#include <tree_sitter/api.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nuages::python {

/// One node of a SyntaxTree: a handle of 40 bytes, copied freely, valid as long as any copy of its tree.
///
/// A node that is not there (a field without a child) is the null node, on which every question has an empty
/// answer; so a chain such as `call.child(Field::Arguments).children()` needs no test in between.
///
/// Safe to read from several threads: nothing in it is written after parsing.
class Node
{
public:
    Node() = default;

    bool isNull() const { return m_node.id == nullptr; }
    explicit operator bool() const { return !isNull(); }

    /// Other for the null node.
    Kind kind() const;
    bool is(Kind kind) const { return this->kind() == kind; }

    /// The bytes of the source that the node covers.
    std::string_view text() const;
    source::Range range() const;

    /// The line the node starts on, from 1, counting LF; 0 for the null node.
    std::uint32_t line() const;

    /// The first child under `field`, or the null node.
    Node child(Field field) const;

    /// Every child under `field`, in order of text: an import has several names.
    std::vector<Node> children(Field field) const;

    /// The named children in order of text, comments left out. Linear in their number.
    std::vector<Node> children() const;

    /// The null node for the module.
    Node parent() const;

    /// The parser had to skip or invent something in here.
    bool hasError() const;

    friend bool operator==(const Node &left, const Node &right)
    {
        return left.m_node.id == right.m_node.id && left.m_node.tree == right.m_node.tree;
    }

private:
    friend class SyntaxTree;
    Node(TSNode node, const char *text) : m_node(node), m_text(text) { }

    TSNode m_node = {};
    const char *m_text = nullptr; ///< The first byte of the file.
};

/// A Python file as tree-sitter reads it: a value that shares its text and its tree.
///
/// Parsing never fails: broken parts become nodes of kind Error, and what surrounds them is still read. Two trees
/// of the same part are equal when their texts are; trees of different parts are not to be compared.
class SyntaxTree
{
public:
    /// The tree of no text.
    SyntaxTree() : SyntaxTree(source::Text()) { }
    explicit SyntaxTree(source::Text text);

    static SyntaxTree parse(std::string text) { return SyntaxTree(source::Text(std::move(text))); }

    /// The tree of `text` in which a number stands for the body of each of `functions`, which are in the order of the
    /// text and do not overlap.
    static SyntaxTree withoutBodies(source::Text text, std::span<const FunctionSuite> functions);

    /// The tree of the bytes from `begin` to `end` alone, where they stand in `text`.
    static SyntaxTree ofPart(source::Text text, Position begin, Position end);

    /// The node of kind Module (of kind Error if nothing in the text could be read).
    Node root() const;
    std::string_view text() const { return m_text.view(); }

    friend bool operator==(const SyntaxTree &left, const SyntaxTree &right) { return left.m_text == right.m_text; }

private:
    SyntaxTree(source::Text text, std::shared_ptr<const TSTree> tree) : m_text(std::move(text)), m_tree(std::move(tree))
    {
    }

    source::Text m_text;
    std::shared_ptr<const TSTree> m_tree; // Invariant: of m_text, and not null.
};

} // namespace nuages::python
