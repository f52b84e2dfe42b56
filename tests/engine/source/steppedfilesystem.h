#pragma once

#include "engine/source/filesystem.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace nuages::tests {

/// The points of the read protocol between which the world may change.
enum class Step { State, Open, Before, Content, Middle, After };

/// A file system that calls the test before each step of another one, so that the world can change, or stand still,
/// exactly there. Step::Middle is half-way through the bytes: a change there gives the first half of the old
/// and the second half of the new ones, as a real read may.
class SteppedFileSystem final : public source::FileSystem
{
public:
    using Hook = std::function<void(Step, const std::string &path)>;

    explicit SteppedFileSystem(source::FileSystem &inner) : m_inner(inner) { }

    /// Set it while nobody reads.
    void setHook(Hook hook) { m_hook = std::move(hook); }

    source::FileState state(const std::string &path) override
    {
        at(Step::State, path);
        return m_inner.state(path);
    }

    std::unique_ptr<source::OpenFile> open(const std::string &path) override
    {
        at(Step::Open, path);
        std::unique_ptr<source::OpenFile> inner = m_inner.open(path);
        return inner ? std::make_unique<Open>(*this, std::move(inner), path) : nullptr;
    }

    std::optional<std::string> linkTarget(const std::string &path) override { return m_inner.linkTarget(path); }

private:
    class Open final : public source::OpenFile
    {
    public:
        Open(SteppedFileSystem &files, std::unique_ptr<source::OpenFile> inner, std::string path)
            : m_files(files), m_inner(std::move(inner)), m_path(std::move(path))
        {
        }

        source::FileState state() override
        {
            m_files.at(std::exchange(m_next, Step::After), m_path);
            return m_inner->state();
        }

        std::optional<std::string> bytes(std::size_t limit) override
        {
            m_files.at(Step::Content, m_path);
            std::optional<std::string> first = m_inner->bytes(limit);
            m_files.at(Step::Middle, m_path);
            std::optional<std::string> second = m_inner->bytes(limit);
            if (!first || !second)
                return std::nullopt;
            const std::size_t half = std::min(first->size() / 2, second->size());
            return first->substr(0, half) + second->substr(half);
        }

        std::optional<std::vector<source::Entry>> entries() override
        {
            m_files.at(Step::Content, m_path);
            return m_inner->entries();
        }

    private:
        SteppedFileSystem &m_files;
        const std::unique_ptr<source::OpenFile> m_inner;
        const std::string m_path;
        Step m_next = Step::Before;
    };

    void at(Step step, const std::string &path)
    {
        if (m_hook)
            m_hook(step, path);
    }

    source::FileSystem &m_inner;
    Hook m_hook;
};

} // namespace nuages::tests
