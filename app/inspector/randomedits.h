#pragma once

#include <QTextDocument>

#include <random>

namespace nuages::app {

/// What a hurried hand does to a text: types, pastes pieces of templates with line breaks and characters outside the
/// basic plane, removes, undoes, redoes. The same seed and text give the same edits on every machine.
class RandomEdits
{
public:
    explicit RandomEdits(unsigned seed) : m_random(seed) { }

    /// Makes one edit, which may turn out to change nothing.
    void edit(QTextDocument &document);

private:
    int below(int bound) { return bound <= 0 ? 0 : int(m_random() % unsigned(bound)); }

    std::mt19937 m_random;
};

} // namespace nuages::app
