#include "lsp/server/lastresort.h"

#include <condition_variable>
#include <utility>

namespace nuages::server {

LastResort::LastResort(std::chrono::milliseconds patience, std::function<void()> end)
    : m_patience(patience), m_end(std::move(end))
{
}

void LastResort::arm()
{
    std::call_once(m_isArmed, [this] {
        m_thread = std::jthread([this](const std::stop_token &calledOff) {
            std::mutex mutex;
            std::condition_variable_any sleep;
            std::unique_lock lock(mutex);
            sleep.wait_for(lock, calledOff, m_patience, [] { return false; });
            if (!calledOff.stop_requested())
                m_end();
        });
    });
}

} // namespace nuages::server
