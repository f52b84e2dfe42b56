#pragma once

#include <QObject>

#include <memory>
#include <string_view>

namespace nuages::tests {

using MakeTest = std::unique_ptr<QObject> (*)();

/// Remembers a test class under the base name of its source file ("tst_revision").
///
/// All classes of a folder share one executable, whose main() runs those named by its first argument, or every
/// one when there is none.
struct RegisteredTest {
    RegisteredTest(std::string_view sourceFile, MakeTest make);
};

} // namespace nuages::tests

/// Put once at the end of a tst_*.cpp, before the include of its .moc.
#define NUAGES_TEST(Class)                                                                                             \
    static const nuages::tests::RegisteredTest registered##Class(                                                      \
        __FILE__, []() -> std::unique_ptr<QObject> { return std::make_unique<Class>(); });
