#pragma once

#include <boost/json/value.hpp>

#include <QTemporaryDir>

#include <string>
#include <string_view>

namespace nuages::tests {

/// The bundled project in a folder of its own, and the messages that open it.
class Demo
{
public:
    Demo();

    QString path() const { return m_folder.path(); }
    std::string uri(const QString &file) const;
    std::string text(const QString &file) const;
    void write(const QString &file, std::string_view text) const; ///< At once: nobody sees half of it.

    boost::json::value initializeParams(std::string_view encoding = "utf-16") const;

private:
    QTemporaryDir m_folder;
};

boost::json::value openParams(std::string_view uri, std::string_view text);
boost::json::value replaceAll(std::string_view uri, int version, std::string_view text);
boost::json::value at(std::string_view uri, int line, int character);

/// A didChange that puts `text` in place of the characters `from` to `to` of a line.
boost::json::value replaceIn(std::string_view uri, int version, int line, int from, int to, std::string_view text);

} // namespace nuages::tests
