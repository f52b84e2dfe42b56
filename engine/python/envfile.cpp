#include "engine/python/envfile.h"

#include <algorithm>

namespace nuages::python {

namespace {

constexpr std::string_view blanks = " \t\r\f\v";

bool isVariableByte(char c)
{
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string_view stripped(std::string_view text, std::string_view characters = " \t\r\n\f\v")
{
    text.remove_prefix(std::min(text.find_first_not_of(characters), text.size()));
    return text.substr(0, text.find_last_not_of(characters) + 1); // npos + 1 is 0
}

void set(Variables &variables, std::string name, std::string value)
{
    const auto known = std::ranges::find(variables, name, &std::pair<std::string, std::string>::first);
    if (known == variables.end())
        variables.emplace_back(std::move(name), std::move(value));
    else
        known->second = std::move(value);
}

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        lines.push_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

/// Reads a file of python-dotenv from front to end.
class DotenvReader
{
public:
    using LookUp = std::function<std::optional<std::string>(const std::string &)>;

    DotenvReader(std::string_view text, const LookUp &lookUp) : m_text(text), m_lookUp(lookUp) { }

    Variables run()
    {
        while (m_at < m_text.size()) {
            skip(" \t\r\n\f\v");
            if (m_at < m_text.size())
                readLine();
        }
        return std::move(m_variables);
    }

private:
    void skip(std::string_view characters)
    {
        m_at = std::min(m_text.find_first_not_of(characters, m_at), m_text.size());
    }

    std::string_view untilAnyOf(std::string_view characters)
    {
        const std::size_t end = std::min(m_text.find_first_of(characters, m_at), m_text.size());
        const std::string_view found = m_text.substr(m_at, end - m_at);
        m_at = end;
        return found;
    }

    bool take(char c)
    {
        const bool isThere = m_at < m_text.size() && m_text[m_at] == c;
        m_at += isThere ? 1 : 0;
        return isThere;
    }

    void readLine()
    {
        if (m_text[m_at] == '#') {
            untilAnyOf("\n");
            return;
        }
        if (m_text.substr(m_at).starts_with("export") && m_at + 6 < m_text.size()
            && blanks.contains(m_text[m_at + 6])) {
            m_at += 6;
            skip(blanks);
        }
        std::string name;
        if (take('\'')) {
            name = untilAnyOf("'");
            take('\'');
        } else {
            name = untilAnyOf("=# \t\r\f\v\n");
        }
        skip(blanks);
        const bool hasValue = take('=');
        skip(blanks);
        const std::optional<std::string> value = hasValue ? readValue() : std::nullopt;
        skip(blanks);
        if (m_at < m_text.size() && m_text[m_at] != '#' && m_text[m_at] != '\n') {
            untilAnyOf("\n"); // no such line is taken
            return;
        }
        untilAnyOf("\n");
        if (value && !name.empty())
            set(m_variables, std::move(name), expanded(*value));
    }

    std::optional<std::string> readValue()
    {
        for (const char quote : {'\'', '"'}) {
            if (m_at < m_text.size() && m_text[m_at] == quote)
                return readQuoted(quote);
        }
        std::string_view line = untilAnyOf("\r\n");
        // A comment stands behind a blank.
        for (std::size_t at = line.find('#'); at != line.npos; at = line.find('#', at + 1)) {
            if (at > 0 && blanks.contains(line[at - 1])) {
                line = line.substr(0, at);
                break;
            }
        }
        return std::string(stripped(line));
    }

    std::optional<std::string> readQuoted(char quote)
    {
        std::string value;
        for (std::size_t at = m_at + 1; at < m_text.size(); ++at) {
            const char c = m_text[at];
            if (c == quote) {
                m_at = at + 1;
                return value;
            }
            if (c != '\\' || at + 1 == m_text.size()) {
                value += c;
                continue;
            }
            const char next = m_text[++at];
            static constexpr std::string_view names = "abfnrtv";
            static constexpr std::string_view meanings = "\a\b\f\n\r\t\v";
            const std::size_t named = quote == '"' ? names.find(next) : names.npos;
            if (named != names.npos)
                value += meanings[named];
            else if (next == '\\' || next == '\'' || (next == '"' && quote == '"'))
                value += next;
            else
                value.append({'\\', next});
        }
        return std::nullopt; // never closed
    }

    std::string expanded(std::string_view text) const
    {
        std::string result;
        while (true) {
            const std::size_t begin = text.find("${");
            const std::size_t end = begin == text.npos ? text.npos : text.find('}', begin);
            if (end == text.npos)
                return result.append(text);
            result.append(text.substr(0, begin));
            const std::string_view inner = text.substr(begin + 2, end - begin - 2);
            const std::size_t dash = inner.find(":-");
            const std::string name(inner.substr(0, dash));
            const auto known = std::ranges::find(m_variables, name, &std::pair<std::string, std::string>::first);
            std::optional<std::string> value = m_lookUp(name);
            if (!value && known != m_variables.end())
                value = known->second;
            if (!value && dash != inner.npos)
                value = inner.substr(dash + 2);
            result.append(value.value_or(""));
            text.remove_prefix(end + 1);
        }
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    const LookUp &m_lookUp;
    Variables m_variables;
};

} // namespace

Variables readEnvironFile(std::string_view text)
{
    Variables variables;
    for (std::string_view line : linesOf(text)) {
        if (line.starts_with("export "))
            line.remove_prefix(7);
        const std::size_t equals = line.find('=');
        if (equals == 0 || equals == line.npos || !std::ranges::all_of(line.substr(0, equals), isVariableByte))
            continue;
        const std::string_view written = line.substr(equals + 1);
        std::string value(written);
        if (written.size() >= 2 && written.front() == written.back() && written.front() == '\'') {
            value = written.substr(1, written.size() - 2);
        } else if (written.size() >= 2 && written.front() == written.back() && written.front() == '"') {
            value.clear();
            for (std::size_t i = 1; i + 1 < written.size(); ++i) {
                // An escaped n, r or t stays as it is written.
                if (written[i] == '\\' && i + 2 < written.size() && !std::string_view("nrt").contains(written[i + 1]))
                    ++i;
                value += written[i];
            }
        }
        set(variables, std::string(line.substr(0, equals)), std::move(value));
    }
    return variables;
}

Variables readDotenvFile(std::string_view text,
                         const std::function<std::optional<std::string>(const std::string &)> &lookUp)
{
    return DotenvReader(text, lookUp).run();
}

Variables readDecoupleFile(std::string_view text)
{
    Variables variables;
    for (std::string_view line : linesOf(text)) {
        line = stripped(line);
        const std::size_t equals = line.find('=');
        if (line.starts_with('#') || equals == line.npos)
            continue;
        std::string_view value = stripped(line.substr(equals + 1));
        if (value.size() >= 2 && value.front() == value.back() && (value.front() == '\'' || value.front() == '"'))
            value = value.substr(1, value.size() - 2);
        set(variables, std::string(stripped(line.substr(0, equals))), std::string(value));
    }
    return variables;
}

std::optional<Variables> readIniSection(std::string_view text, std::string_view section)
{
    Variables variables;
    std::string_view current;
    bool continues = false;
    for (const std::string_view line : linesOf(text)) {
        const std::string_view content = stripped(line);
        if (content.empty() || content.starts_with('#') || content.starts_with(';'))
            continue;
        const bool isIndented = blanks.contains(line.front());
        if (isIndented && continues) {
            variables.back().second.append("\n").append(content);
        } else if (content.starts_with('[') && content.contains(']')) {
            current = content.substr(1, content.find(']') - 1);
            continues = false;
        } else {
            const std::size_t mark = content.find_first_of("=:");
            continues = current == section && mark != content.npos;
            if (!continues)
                continue;
            std::string name(stripped(content.substr(0, mark)));
            std::ranges::transform(name, name.begin(),
                                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
            std::erase_if(variables, [&](const auto &known) { return known.first == name; });
            variables.emplace_back(std::move(name), std::string(stripped(content.substr(mark + 1))));
        }
    }
    if (std::ranges::any_of(variables, [](const auto &one) { return one.second.contains('%'); }))
        return std::nullopt;
    return variables;
}

} // namespace nuages::python
