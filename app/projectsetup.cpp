#include "app/projectsetup.h"

#include "app/environment.h"
#include "app/workspace.h"

#include "lsp/server/uri.h"

#include <cstdio>
#include <expected>
#include <optional>
#include <string>

namespace nuages::app {

namespace {

/// The folder that the client works in; the working folder if it names none on this disk.
std::string folderOf(const protocol::InitializeParams &params)
{
    std::optional<std::string> path;
    if (params.workspaceFolders && !params.workspaceFolders->empty())
        path = server::pathOfUri(params.workspaceFolders->front().uri);
    if (!path && params.rootUri)
        path = server::pathOfUri(*params.rootUri);
    if (!path)
        path = params.rootPath;
    return path.value_or(".");
}

} // namespace

server::ProjectSetup setUpProject(const protocol::InitializeParams &params)
{
    Wanted wanted;
    wanted.paths = {folderOf(params)};
    std::expected<Environment, Failure> environment = findEnvironment(wanted);
    if (!environment) {
        std::fprintf(stderr, "nuages: %s\n", environment.error().sentence.c_str());
        environment = Environment();
        environment->root = normalPath(wanted.paths.front());
    }
    return {projectDataOf(*environment), rootsOf(*environment)};
}

} // namespace nuages::app
