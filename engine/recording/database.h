#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace nuages::recording {

/// A database of SQLite. After the first thing that goes wrong it does nothing more, and fault() says what that was, so
/// that who uses it asks once at the end.
class Database
{
public:
    enum class Mode { Read, Create };

    Database(const std::string &path, Mode mode);

    const std::optional<std::string> &fault() const { return m_fault; }
    bool isGood() const { return !m_fault; }

    /// Statements without a result.
    void run(const char *sql);

    /// The first number of the first row; 0 if there is none.
    std::int64_t number(const char *sql);

private:
    friend class Statement;

    struct Close {
        void operator()(sqlite3 *database) const;
    };

    void fail(int code);

    std::unique_ptr<sqlite3, Close> m_database;
    std::optional<std::string> m_fault;
};

/// A statement that is run again and again: bind all, step until it gives no row, rewind.
class Statement
{
public:
    /// `database` must outlive it.
    Statement(Database &database, const char *sql);

    /// In the order of the question marks.
    Statement &bind(std::int64_t number);
    Statement &bind(std::string_view text);
    Statement &bindBytes(std::string_view bytes);
    Statement &bindNothing();

    bool step(); ///< Whether there is a row; what was read of the one before is gone.
    void rewind(); ///< What was bound is forgotten.
    void runOnce(); ///< step() and rewind().

    // Of the present row, by column, from 0.
    std::int64_t number(int column) const;
    std::string_view bytes(int column) const; ///< Of a text as well.
    bool isNothing(int column) const;

private:
    struct Finalize {
        void operator()(sqlite3_stmt *statement) const;
    };

    void check(int code);

    Database *m_database;
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement; ///< Null after a fault.
    int m_bound = 0;
    bool m_isAtEnd = false; ///< SQLite would begin again.
};

} // namespace nuages::recording
