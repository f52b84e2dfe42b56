#include "app/projectsetup.h"

#include "app/configuration.h"
#include "app/environment.h"
#include "app/selection.h"
#include "app/workspace.h"

#include "lsp/server/uri.h"

#include <boost/json/value.hpp>

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

std::expected<Environment, Failure> find(const std::string &folder, const boost::json::value &given)
{
    auto options = readOptions(folder, given);
    if (!options)
        return std::unexpected(std::move(options.error()));
    Wanted wanted;
    wanted.paths = {folder};
    wanted.settings = std::move(options->settings);
    wanted.sitePackages = std::move(options->sitePackages);
    std::expected<Environment, Failure> environment = findEnvironment(wanted);
    if (environment && !options->exclude.empty())
        environment->configuration.exclude = std::move(options->exclude);
    return environment;
}

void say(const Failure &failure) { std::fprintf(stderr, "nuages: %s\n", failure.sentence.c_str()); }

} // namespace

server::ProjectSetup setUpProject(const protocol::InitializeParams &params)
{
    const std::string folder = folderOf(params);
    std::expected<Environment, Failure> environment = find(folder, params.initializationOptions.value_or(nullptr));
    if (!environment && params.initializationOptions) {
        say(environment.error());
        environment = find(folder, nullptr);
    }
    if (!environment) {
        say(environment.error());
        environment = Environment();
        environment->root = normalPath(folder);
    }
    return {projectDataOf(*environment), rootsOf(*environment),
            [root = environment->root, exclude = environment->configuration.exclude](const std::string &path) {
                return isExcluded(exclude, shownPath(root, path));
            }};
}

} // namespace nuages::app
