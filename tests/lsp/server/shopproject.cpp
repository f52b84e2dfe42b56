#include "tests/lsp/server/shopproject.h"
#include "tests/support/givenproject.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace fs = std::filesystem;

namespace nuages::tests {

project::GivenData shopSetup() { return givenAt("/shop", {"/packages"}); }

void writeShop(source::MemoryFileSystem &disk)
{
    for (const char *part : {"shop", "packages"}) {
        const fs::path from = fs::path(NUAGES_SOURCE_FOLDER "/tests/engine/rules/fixtures") / part;
        for (const fs::directory_entry &entry : fs::recursive_directory_iterator(from)) {
            std::ifstream stream(entry.path(), std::ios::binary);
            if (entry.is_regular_file())
                disk.write("/" + std::string(part) + "/" + fs::relative(entry.path(), from).string(),
                           std::string(std::istreambuf_iterator<char>(stream), {}));
        }
    }
}

} // namespace nuages::tests
