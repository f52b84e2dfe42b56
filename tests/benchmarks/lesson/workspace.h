#pragma once

#include "engine/project/project.h"
#include "engine/query/engine.h"
#include "engine/query/sendable.h"
#include "engine/source/diskfilesystem.h"
#include "engine/source/files.h"
#include "tests/benchmarks/lesson/load.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace nuages::lesson {

/// A project on the disk, and those of its templates that the load is about.
struct Subject {
    project::GivenData given;
    std::vector<std::string> paths; ///< Of the largest templates, the largest first.
    std::vector<std::string> texts; ///< Theirs, as they are on the disk.
};

/// Reads the project: its `count` largest templates, or all if there are fewer. Without one, no paths.
Subject subjectOf(project::GivenData given, std::size_t count);

/// An edit of the template: typed at its end, and the number makes each another text.
struct Edit {
    std::uint32_t subject = 0;
    std::uint64_t number = 0;
};

struct Question {
    Kind kind = Kind::Light;
    std::uint32_t subject = 0;
};

/// What a task needs beside its reader.
struct Place {
    project::Project project;
    std::shared_ptr<const Subject> subject;
};

/// On any thread with a reader. A number that stands for the answer: answers that differ give different ones.
std::uint64_t answer(query::Reader &db, const Place &place, Question question);

/// The engine of the product with a project in it, as a server has it. Belongs to the thread that made it.
class Workspace
{
public:
    explicit Workspace(std::shared_ptr<const Subject> subject);

    query::Engine &engine() { return m_engine; }
    const Place &place() const { return m_place; }

    void put(query::Transaction &tx, const Edit &edit);

    /// Types into each template and reads all that the load may ask for, as a server has after its first minute: the
    /// first mistake of a session reads libraries.
    void warmUp();

private:
    source::DiskFileSystem m_disk;
    source::Files m_files{m_disk};
    query::Engine m_engine;
    Place m_place;
};

} // namespace nuages::lesson

template <>
inline constexpr bool nuages::query::enableSendable<nuages::lesson::Place> = true; // Shares only what is const.
template <>
inline constexpr bool nuages::query::enableSendable<nuages::lesson::Question> = true;
