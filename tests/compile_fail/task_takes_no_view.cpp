// The text that a view refers to may be gone before the task runs.
// first: specialise nuages::query::enableSendable as true
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

void start(Engine &engine, std::string_view name)
{
#ifdef BAD
    auto job = task(engine.ticket(), [](Reader &, std::string_view wanted) { return wanted.size(); }, name);
#else
    auto job = task(engine.ticket(), [](Reader &, std::string wanted) { return wanted.size(); }, std::string(name));
#endif
    (void)job;
}
