#include "lsp/server/processpoll.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <format>
#include <fstream>
#include <sstream>
#include <string>

namespace nuages::server {

std::optional<std::uint64_t> beginningOf(pid_t process)
{
    if (kill(process, 0) != 0 && errno != EPERM)
        return std::nullopt;
    std::ifstream file(std::format("/proc/{}/stat", process));
    std::string line;
    std::getline(file, line, '\0'); // all of it: the name may hold a line end
    if (file.bad())
        return std::nullopt; // it has ended in the meantime
    const std::size_t nameEnd = line.rfind(')'); // the name may hold anything, also blanks and brackets
    if (nameEnd == std::string::npos)
        return 0;
    std::istringstream fields(line.substr(nameEnd + 1));
    std::string field;
    fields >> field;
    if (field == "Z" || field == "X")
        return std::nullopt;
    constexpr int fieldsBetween = 18; // of state, field 3, and starttime, field 22
    for (int skipped = 0; skipped < fieldsBetween; ++skipped)
        fields >> field;
    std::uint64_t began = 0;
    fields >> began;
    return began;
}

std::optional<ProcessPoll> ProcessPoll::create(pid_t process, query::Clock &clock)
{
    const auto began = beginningOf(process);
    return began ? std::optional(ProcessPoll(process, *began, clock)) : std::nullopt;
}

ProcessPoll::ProcessPoll(pid_t process, std::uint64_t began, query::Clock &clock)
    : m_process(process), m_began(began), m_clock(&clock), m_nextLook(clock.now() + pause)
{
}

bool ProcessPoll::hasEnded()
{
    const query::Instant now = m_clock->now();
    if (now < m_nextLook)
        return false;
    m_nextLook = now + pause;
    return beginningOf(m_process) != m_began;
}

query::Instant ProcessPoll::untilNextLook() const { return std::max<query::Instant>(m_nextLook - m_clock->now(), 0); }

} // namespace nuages::server
