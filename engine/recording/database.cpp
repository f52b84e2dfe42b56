#include "engine/recording/database.h"

#include <sqlite3.h>

#include <algorithm>

namespace nuages::recording {

namespace {

constexpr int patienceMs = 2'000; ///< With another program that has the file open.

} // namespace

void Database::Close::operator()(sqlite3 *database) const { sqlite3_close_v2(database); }

Database::Database(const std::string &path, Mode mode)
{
    const int flags = mode == Mode::Read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    sqlite3 *opened = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &opened, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    m_database.reset(opened);
    if (code != SQLITE_OK) {
        fail(code);
        return;
    }
    sqlite3_busy_timeout(opened, patienceMs);
    // Who made a file that is read here is not known.
    sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    if (mode == Mode::Read)
        run("PRAGMA cell_size_check = ON");
}

void Database::fail(int code)
{
    if (m_fault)
        return;
    const bool isOfDatabase = m_database && sqlite3_errcode(m_database.get()) == (code & 0xff);
    m_fault = isOfDatabase ? sqlite3_errmsg(m_database.get()) : sqlite3_errstr(code);
    // It may quote a damaged file.
    std::ranges::replace_if(*m_fault, [](char each) { return each >= 0 && each < ' '; }, '?');
}

void Database::run(const char *sql)
{
    if (!isGood())
        return;
    if (const int code = sqlite3_exec(m_database.get(), sql, nullptr, nullptr, nullptr); code != SQLITE_OK)
        fail(code);
}

std::int64_t Database::number(const char *sql)
{
    Statement statement(*this, sql);
    return statement.step() ? statement.number(0) : 0;
}

void Statement::Finalize::operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }

Statement::Statement(Database &database, const char *sql) : m_database(&database)
{
    if (!database.isGood())
        return;
    sqlite3_stmt *made = nullptr;
    const int code = sqlite3_prepare_v3(database.m_database.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr);
    m_statement.reset(made);
    check(code);
}

void Statement::check(int code)
{
    if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE)
        return;
    m_database->fail(code);
    m_statement.reset();
}

Statement &Statement::bind(std::int64_t number)
{
    if (m_statement)
        check(sqlite3_bind_int64(m_statement.get(), ++m_bound, number));
    return *this;
}

Statement &Statement::bind(std::string_view text)
{
    if (m_statement) {
        check(
            sqlite3_bind_text64(m_statement.get(), ++m_bound, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    }
    return *this;
}

Statement &Statement::bindBytes(std::string_view bytes)
{
    if (m_statement)
        check(sqlite3_bind_blob64(m_statement.get(), ++m_bound, bytes.data(), bytes.size(), SQLITE_TRANSIENT));
    return *this;
}

Statement &Statement::bindNothing()
{
    if (m_statement)
        check(sqlite3_bind_null(m_statement.get(), ++m_bound));
    return *this;
}

bool Statement::step()
{
    if (!m_statement || !m_database->isGood() || m_isAtEnd)
        return false;
    const int code = sqlite3_step(m_statement.get());
    check(code);
    m_isAtEnd = code != SQLITE_ROW;
    return !m_isAtEnd;
}

void Statement::rewind()
{
    m_bound = 0;
    m_isAtEnd = false;
    if (m_statement) {
        sqlite3_reset(m_statement.get());
        sqlite3_clear_bindings(m_statement.get());
    }
}

void Statement::runOnce()
{
    step();
    rewind();
}

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(m_statement.get(), column); }

std::string_view Statement::bytes(int column) const
{
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_statement.get(), column));
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return data ? std::string_view(data, static_cast<std::size_t>(size)) : std::string_view();
}

bool Statement::isNothing(int column) const { return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL; }

} // namespace nuages::recording
