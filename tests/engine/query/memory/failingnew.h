#pragma once

namespace nuages::tests {

/// Lets allocation number `number` from now on, of all threads together, throw std::bad_alloc; 0 for none. Only those
/// that are made while the thread is Watched count.
void failAllocation(long number);

/// How many allocations were counted since.
long countedAllocations();

/// Whether the one that was to fail has failed.
bool hasFailed();

/// While one lives, allocations of this thread count, or do not.
class Watched
{
public:
    explicit Watched(bool isWatched = true);
    ~Watched();
    Watched(const Watched &) = delete;
    Watched &operator=(const Watched &) = delete;

private:
    bool m_before;
};

} // namespace nuages::tests
