#include "tests/oracle/engine/minimise.h"

#include "tests/oracle/engine/play.h"

#include <algorithm>
#include <utility>

namespace nuages::oracle {

namespace {

class Minimiser
{
public:
    Minimiser(Script script, std::string &failure) : m_script(std::move(script)), m_failure(failure) { }

    Script result()
    {
        for (std::size_t before = 0; before != size();) {
            before = size();
            leaveOutLines();
            simplifyLines();
        }
        return std::move(m_script);
    }

private:
    std::size_t size() const;
    bool keep(Script attempt);
    void leaveOutLines();
    void simplifyLines();
    bool keepLine(std::size_t at, Line line);

    Script m_script;
    std::string &m_failure;
};

std::size_t Minimiser::size() const
{
    std::size_t parts = 0;
    for (const Line &line : m_script.lines)
        parts += 1 + line.formula.size() + line.level.has_value() + line.joins;
    return parts;
}

/// Takes the attempt instead of the script if it fails.
bool Minimiser::keep(Script attempt)
{
    constexpr std::uint32_t enough = 12; // schedules
    const std::uint32_t schedules = attempt.threads > 1 ? enough : 1;
    for (std::uint32_t next = 0; next < schedules; ++next) {
        if (const Played played = play(attempt); !played.failure.empty()) {
            m_failure = played.failure;
            m_script = std::move(attempt);
            return true;
        }
        attempt.schedule = next;
    }
    return false;
}

void Minimiser::leaveOutLines()
{
    for (std::size_t width = std::max<std::size_t>(m_script.lines.size() / 2, 1);; width /= 2) {
        for (std::size_t from = 0; from < m_script.lines.size();) {
            Script attempt = m_script;
            const std::size_t end = std::min(from + width, attempt.lines.size());
            attempt.lines.erase(attempt.lines.begin() + static_cast<std::ptrdiff_t>(from),
                                attempt.lines.begin() + static_cast<std::ptrdiff_t>(end));
            if (!keep(std::move(attempt)))
                from += width;
        }
        if (width <= 1)
            return;
    }
}

bool Minimiser::keepLine(std::size_t at, Line line)
{
    if (line == m_script.lines[at])
        return false;
    Script attempt = m_script;
    attempt.lines[at] = std::move(line);
    return keep(std::move(attempt));
}

void Minimiser::simplifyLines()
{
    for (std::size_t at = 0; at < m_script.lines.size(); ++at) {
        Line line = m_script.lines[at];
        line.level.reset();
        keepLine(at, line);
        line = m_script.lines[at];
        line.joins = false;
        keepLine(at, line);
        for (std::size_t term = 0; m_script.lines[at].formula.size() > 1 && term < m_script.lines[at].formula.size();) {
            line = m_script.lines[at];
            line.formula.erase(line.formula.begin() + static_cast<std::ptrdiff_t>(term));
            if (!keepLine(at, line))
                ++term;
        }
    }
}

} // namespace

Script minimised(Script script, std::string &failure) { return Minimiser(std::move(script), failure).result(); }

} // namespace nuages::oracle
