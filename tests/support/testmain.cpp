#include "tests/support/testmain.h"

#ifdef NUAGES_TESTS_WITH_WIDGETS
#include <QApplication>
#else
#include <QCoreApplication>
#endif
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>

namespace nuages::tests {

namespace {

std::map<std::string, MakeTest> &registry()
{
    static std::map<std::string, MakeTest> tests;
    return tests;
}

} // namespace

RegisteredTest::RegisteredTest(std::string_view sourceFile, MakeTest make)
{
    sourceFile.remove_prefix(sourceFile.rfind('/') + 1); // npos + 1 is 0: no slash, nothing removed
    registry().emplace(sourceFile.substr(0, sourceFile.find('.')), make);
}

} // namespace nuages::tests

#ifdef NUAGES_TESTS_WITH_WIDGETS
using Application = QApplication;
#else
using Application = QCoreApplication;
#endif

int main(int argc, char **argv)
{
    using namespace nuages::tests;
    std::string wanted;
    if (argc > 1 && argv[1][0] != '-') {
        wanted = argv[1];
        std::copy(argv + 2, argv + argc + 1, argv + 1);
        --argc;
    }
    const Application application(argc, argv);

    int failures = 0;
    bool found = false;
    for (const auto &[name, make] : registry()) {
        if (!wanted.empty() && name != wanted)
            continue;
        found = true;
        failures += QTest::qExec(make().get(), QCoreApplication::arguments());
    }
    if (!found) {
        std::fprintf(stderr, "no test class %s in this executable\n", wanted.c_str());
        return 2;
    }
    return failures == 0 ? 0 : 1;
}
